// The canonical bytes of an indicator's definition: protocol/spec/definition.md, field by field.
#include "policies/catalogue/fields.h"
#include "policies/catalogue/indicator.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

std::uint32_t count(std::size_t n) { return static_cast<std::uint32_t>(n); }

void append_condition(FieldWriter& out, const Condition& condition, const CodeList& list) {
  out.text(name(condition.attribute));
  out.text(list.id());
  if (condition.flag.empty()) {
    out.text("in");
    out.texts(condition.in);
  } else {
    out.text("flag");
    out.texts({condition.flag});
  }
}

void append_list(FieldWriter& out, const CodeList& list) {
  out.text(list.id());
  out.text(list.version());
  out.number(count(list.codes().size()));
  for (const Code& code : list.codes()) {
    out.text(code.code);
    out.text(code.parent);
    out.texts(code.flags);
  }
}

}  // namespace

Bytes Catalogue::canonical_definition(const Indicator& indicator) const {
  FieldWriter out("definition");
  out.text(indicator.code);
  out.text(indicator.measure);
  out.number(count(indicator.filter.size()));
  for (const Condition& condition : indicator.filter) {
    append_condition(out, condition, list(condition.attribute));
  }
  // One list per condition: an attribute has one list and stands in a filter once.
  out.number(count(indicator.filter.size()));
  for (const Condition& condition : indicator.filter) append_list(out, list(condition.attribute));
  out.text(indicator.unit);
  out.number(indicator.decimals);
  out.number(indicator.counting_rules);
  return out.take();
}

Digest Catalogue::definition(const Indicator& indicator) const {
  return sha256(canonical_definition(indicator));
}

}  // namespace regions
