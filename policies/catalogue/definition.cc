// The canonical bytes of an indicator's definition: protocol/spec/definition.md, field by field.
#include "policies/catalogue/indicator.h"
#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

std::uint32_t count(std::size_t n) { return static_cast<std::uint32_t>(n); }

void append_condition(TaggedWriter& out, const Condition& condition, const CodeList& list) {
  out.field(name(condition.attribute));
  out.field(list.id());
  if (condition.flag.empty()) {
    out.field("in");
    out.fields(condition.in);
  } else {
    out.field("flag");
    out.fields({condition.flag});
  }
}

void append_list(TaggedWriter& out, const CodeList& list) {
  out.field(list.id());
  out.field(list.version());
  out.number(count(list.codes().size()));
  for (const Code& code : list.codes()) {
    out.field(code.code);
    out.field(code.parent);
    out.fields(code.flags);
  }
}

}  // namespace

Bytes Catalogue::canonical_definition(const Indicator& indicator) const {
  TaggedWriter out("definition");
  out.field(indicator.code);
  out.field(indicator.measure);
  out.number(count(indicator.filter.size()));
  for (const Condition& condition : indicator.filter) {
    append_condition(out, condition, list(condition.attribute));
  }
  // One list per condition: an attribute has one list and stands in a filter once.
  out.number(count(indicator.filter.size()));
  for (const Condition& condition : indicator.filter) append_list(out, list(condition.attribute));
  out.field(indicator.unit);
  out.number(indicator.decimals);
  out.number(indicator.counting_rules);
  return out.take();
}

Digest Catalogue::definition(const Indicator& indicator) const {
  return sha256(canonical_definition(indicator));
}

}  // namespace regions
