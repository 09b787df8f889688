#include "ops/bench.d/change.h"

#include "node/cube/cube.h"
#include "node/records/import.h"
#include "node/storage/rocksdb_store.h"
#include "ops/bench.d/margins.h"
#include "ops/bench.d/meter.h"
#include "policies/catalogue/nuts.h"

namespace regions::bench {
namespace {

const Bytes kSecret(32, 's');

YearSpan span_of(const Facts& facts) { return {facts.first_year(), facts.last_year()}; }

Result<void> import_changed(RecordStore& records, const std::filesystem::path& file) {
  static const std::string kHome = kSelf;
  TerritoryRule rule;
  rule.self = kHome;
  rule.territory = {kHome};
  rule.home_of = [](std::string_view nuts) { return is_within(nuts, kHome) ? &kHome : nullptr; };
  ImportOptions options;
  options.source_name = file.string();
  NoRejects rejects;
  TRY(const ByteSource source, file_source(file));
  TRY(const auto summary, import_csv(source, options, records, rule, rejects, {}, {}));
  if (summary.changed == 0) return fail(Errc::invalid_input, file.string() + ": changes nothing");
  return {};
}

bool same_counts(const Facts& updated, const Facts& anew) {
  const auto cells_of = [](const Facts& facts) {
    const Layout layout(Catalogue::builtin(), facts, planned(), span_of(facts));
    std::vector<std::int64_t> counts;
    for (const CountCell& cell : Pass::run(layout).counted) counts.push_back(cell.count);
    return counts;
  };
  return cells_of(updated) == cells_of(anew);
}

}  // namespace

Result<void> measure_change(const std::filesystem::path& records,
                            const std::filesystem::path& changed, int repeat) {
  TRY(const auto store, open_store(records, Wing::confidential, false));
  RecordStore typed(*store);
  const auto before = store->snapshot();
  TRY_VOID(import_changed(typed, changed));
  for (int i = 0; i < repeat; ++i) {
    TRY(Facts facts, Facts::load(*before, members(), kSecret));
    const YearSpan span = span_of(facts);
    Cube cube(std::move(facts), Catalogue::builtin(), planned(), span);
    const Meter update;
    TRY(const auto what, changed_since(*store, cube.facts().read_at()));
    if (!what) return fail(Errc::mismatch, "too much changed to be brought up to date");
    TRY_VOID(cube.update(*store, members(), kSecret, *what));
    const auto touched = static_cast<double>(what->enterprises.size() + what->cooperating.size());
    print("change.update", update.stop(), touched);
    const Meter full;
    CubeBuilder::tables(cube.facts(), Catalogue::builtin(), planned(), span);
    print("change.full", full.stop(), touched);
    const Meter anew;
    TRY(const Facts again, Facts::load(*store, members(), kSecret));
    CubeBuilder::tables(again, Catalogue::builtin(), planned(), span_of(again));
    print("change.anew", anew.stop(), touched);
    if (!same_counts(cube.facts(), again)) {
      return fail(Errc::mismatch, "the cube that was brought up to date counts differently");
    }
  }
  return {};
}

}  // namespace regions::bench
