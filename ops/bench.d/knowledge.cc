#include "ops/bench.d/knowledge.h"

#include "node/cube/cube.h"
#include "node/storage/rocksdb_store.h"
#include "ops/bench.d/limits.h"
#include "ops/bench.d/margins.h"
#include "ops/bench.d/meter.h"

namespace regions::bench {
namespace {

constexpr YearSpan kYears{2014, 2027};  // of the default plan
constexpr double kCounted = kYears.last - kYears.first + 1;
constexpr int kHeadlineYear = 2020;

Result<Knowledge> read(const std::filesystem::path& records) {
  TRY(const auto store, open_store(records, Wing::confidential, false));
  return Knowledge::read(*store->snapshot(), members());
}

std::vector<const Dimension*> broken_down_by() {
  std::vector<const Dimension*> by;
  for (const char* id :
       {"actor_group", "nace_group", "partner_profile", "size", "technology_group"}) {
    by.push_back(Catalogue::builtin().dimension(id));
  }
  return by;
}

}  // namespace

Result<void> measure_knowledge(const std::filesystem::path& records, int repeat) {
  const Catalogue& catalogue = Catalogue::builtin();
  TRY(const Indicator* const funding, catalogue.require("COOP-FUND-EUR"));
  for (int i = 0; i < repeat; ++i) {
    forget(records);
    const Meter walk;
    TRY(const Knowledge knowledge, read(records));
    print("knowledge.disk", walk.stop(), kCounted);
    const Meter amounts;
    TRY(const auto rows,
        CubeBuilder::amounts(knowledge, catalogue, *funding, broken_down_by(), kYears));
    print("knowledge.amounts", amounts.stop(), kCounted);
    const Meter headline;
    TRY(const auto counted, CubeBuilder::headline_knowledge(knowledge, catalogue, kHeadlineYear));
    print("knowledge.headline", headline.stop(), kCounted);
  }
  return {};
}

}  // namespace regions::bench
