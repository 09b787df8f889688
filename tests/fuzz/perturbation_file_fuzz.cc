// Any text as a perturbation table: what is accepted has noise for every key, leaves 0 as it is,
// and keeps what it says of itself.
#include <algorithm>

#include "policies/disclosure/perturbation_file.h"

namespace regions {
namespace {

void check_result(const PerturbationTable& table, std::int64_t count, std::uint64_t key) {
  if (key >= kCellKeys) return;
  const std::int32_t v = table.noise(count, static_cast<std::uint32_t>(key));
  CHECK(v >= -table.max_noise() && v <= table.max_noise());
  CHECK(count + v == 0 || count + v > table.small_max());
  CHECK(count > 0 || v == 0);
}

void check_table(const PerturbationTable& table) {
  CHECK(PerturbationTable::make(table.rows()).has_value());
  const auto rows = static_cast<std::int64_t>(table.rows().size());
  for (std::int64_t count = 0; count < rows + 2; ++count) {
    for (const auto& entry : table.rows()[static_cast<std::size_t>(std::min(count, rows - 1))]) {
      for (const std::uint64_t key : {entry.ub - 1, entry.ub}) check_result(table, count, key);
    }
  }
  if (table.require({}).has_value()) CHECK(table.max_noise() <= 3 && table.small_max() >= 2);
}

}  // namespace
}  // namespace regions

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto table = regions::parse_perturbation_table("fuzzed", text)) {
    regions::check_table(*table);
  }
  return 0;
}
