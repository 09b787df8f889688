// The canonical bytes of an indicator's definition: protocol/spec/definition.md, field by field.
#include "policies/catalogue/indicator.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

constexpr std::string_view kTag = "regions4/definition/v1\n";

// PROTOCOL 2: each field is its length as u32 big-endian, then its bytes. Numbers are decimal.
class Fields {
 public:
  void text(std::string_view value) {
    append_u32(bytes_, static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
  }
  void number(std::size_t value) { text(std::to_string(value)); }
  void texts(const std::vector<std::string>& values) {
    number(values.size());
    for (const std::string& value : values) text(value);
  }
  Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_{kTag};
};

void append_condition(Fields& out, const Condition& condition, const CodeList& list) {
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

void append_list(Fields& out, const CodeList& list) {
  out.text(list.id());
  out.text(list.version());
  out.number(list.codes().size());
  for (const Code& code : list.codes()) {
    out.text(code.code);
    out.text(code.parent);
    out.texts(code.flags);
  }
}

}  // namespace

Bytes Catalogue::canonical_definition(const Indicator& indicator) const {
  Fields out;
  out.text(indicator.code);
  out.text(indicator.measure);
  out.number(indicator.filter.size());
  for (const Condition& condition : indicator.filter) {
    append_condition(out, condition, list(condition.attribute));
  }
  // One list per condition: an attribute has one list and stands in a filter once.
  out.number(indicator.filter.size());
  for (const Condition& condition : indicator.filter) append_list(out, list(condition.attribute));
  out.text(indicator.unit);
  out.number(static_cast<std::size_t>(indicator.decimals));
  out.number(static_cast<std::size_t>(indicator.counting_rules));
  return out.take();
}

Digest Catalogue::definition(const Indicator& indicator) const {
  return sha256(canonical_definition(indicator));
}

}  // namespace regions
