// A hierarchy file of any bytes: refused with a reason, or a tree whose parents stand before their
// children and whose codes are its own.
#include <cstdint>
#include <set>

#include "policies/disclosure/table/table_dimension.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regions;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto tree = parse_hrc("fuzz.hrc", text, "@", "Total");
  if (!tree) {
    CHECK(!tree.error().context.empty());
    return 0;
  }
  std::set<std::string> codes;
  for (std::size_t at = 0; at < tree->nodes.size(); ++at) {
    CHECK(at == 0 || tree->nodes[at].parent < at);
    CHECK(codes.insert(tree->nodes[at].code).second);
  }
  const auto dimension = TableDimension::make("fuzz", {*tree});
  CHECK(dimension.has_value() && dimension->size() == tree->nodes.size());
  return 0;
}
