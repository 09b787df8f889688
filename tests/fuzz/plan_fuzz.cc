// Any text as a release plan: what is accepted keeps the floors and is found again.
#include "policies/plan/plan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView text(reinterpret_cast<const char*>(data), size);
  const regions::Catalogue& catalogue = regions::Catalogue::builtin();
  const auto plan = regions::parse_plan("fuzzed", text, catalogue);
  if (!plan) return 0;
  CHECK(plan->m_from >= 10 && plan->l_from >= 40 && plan->cell_key.variance_hundredths >= 200);
  for (const regions::PlannedTable& table : plan->tables) {
    CHECK((table.method == regions::Method::exact) == (table.id == "headline"));
    for (const std::string& indicator : table.indicators) {
      CHECK(plan->find(indicator, table.period, table.by) == &table);
    }
  }
  const std::chrono::year_month_day today(std::chrono::year(2030), std::chrono::month(1),
                                          std::chrono::day(1));
  for (const auto& due : plan->due(regions::Tier::L, today)) {
    CHECK(plan->from <= due.period.first_year() && due.period.last_year() <= plan->until);
  }
  regions::plan_digest(*plan, catalogue);
  return 0;
}
