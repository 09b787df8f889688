// Metadata of tau-ARGUS of any bytes: taken or refused with a reason, with places inside a line.
#include <cstdint>

#include "policies/disclosure/table/limits.h"
#include "policies/disclosure/task/metadata.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regions;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = parse_tau_metadata("fuzz.rda", text);
  if (!read) {
    CHECK(!read.error().context.empty());
    return 0;
  }
  CHECK(!read->variables.empty() && read->variables.size() <= kColumnsMax);
  for (const TauVariable& variable : read->variables) {
    CHECK(!variable.name.empty());
    CHECK(read->separator || (variable.start > 0 && variable.width > 0));
    CHECK(variable.start <= kFixedLineBytesMax && variable.width <= kFixedLineBytesMax);
  }
  DisclosureSpec spec;
  spec.input.kind = size % 2 == 0 ? InputKind::cells : InputKind::records;
  spec.dimensions.push_back({});
  spec.dimensions.front().column = read->variables.front().name;
  const auto applied = apply_metadata(*read, spec);
  CHECK(applied.has_value() ? spec.input.columns.size() == read->variables.size()
                            : !applied.error().context.empty());
  return 0;
}
