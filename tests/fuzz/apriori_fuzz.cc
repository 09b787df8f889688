// An a priori file of any bytes: taken or refused with a reason, with levels and costs of 0 and
// more.
#include <cstdint>

#include "policies/disclosure/task/apriori.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regions;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto tree = parse_hrc("a.hrc", "A\nB\n", "@", "Total").value();
  auto dimension = TableDimension::make("r", {std::move(tree)}).value();
  const auto table = CellTable::make({dimension}, {{{std::vector<bool>(3, true)}}}).value();
  std::vector<Wish> wishes(table.cells().size());
  const auto read = read_apriori("fuzz.hst", text, std::nullopt, table, wishes);
  CHECK(read.has_value() || !read.error().context.empty());
  for (const Wish& wish : wishes) {
    CHECK(wish.below.value_or(0) >= 0 && wish.above.value_or(0) >= 0 && wish.cost.value_or(0) >= 0);
  }
  return 0;
}
