#include "ops/bench.d/cube.h"

#include <fstream>

#include "node/cube/cube.h"
#include "node/cube/facts_copy.h"
#include "node/cube/pass.h"
#include "node/storage/rocksdb_store.h"
#include "ops/bench.d/limits.h"
#include "ops/bench.d/margins.h"
#include "ops/bench.d/meter.h"

namespace regions::bench {
namespace {

// Any 32 bytes: cell keys are summed up as in a release, and seen by nobody.
const Bytes kSecret(32, 's');

Result<Facts> load(const std::filesystem::path& records) {
  TRY(const auto store, open_store(records, Wing::confidential, false));
  const auto snapshot = store->snapshot();
  return Facts::load(*snapshot, members(), kSecret);
}

// What a node that starts does: the store says which state it is in, the copy holds the facts of
// it.
Result<Facts> load_copy(const std::filesystem::path& records, const std::filesystem::path& copy) {
  TRY(const auto store, open_store(records, Wing::confidential, false));
  return FactsCopy::read(copy, members(), kSecret);
}

YearSpan span_of(const Facts& facts) { return {facts.first_year(), facts.last_year()}; }

std::size_t fill(const Facts& facts, const std::vector<TableSpec>& specs) {
  return CubeBuilder::tables(facts, Catalogue::builtin(), specs, span_of(facts)).size();
}

// "INDICATOR PERIOD FIRST-YEAR DIMENSIONS CATEGORIES COUNT", tabs between.
void write_cells(const Facts& facts, const std::vector<TableSpec>& specs, std::ofstream& out) {
  const Layout layout(Catalogue::builtin(), facts, specs, span_of(facts));
  const Cells cells = Pass::run(layout);
  for (const Layout::Table& table : layout.tables()) {
    if (table.spec.indicator->is_amount()) continue;
    std::string by;
    for (const Dimension* one : table.spec.by) by += (by.empty() ? "" : ",") + one->id();
    for (std::size_t i = 0; i < table.periods * table.cells; ++i) {
      const std::int64_t count = cells.counted[table.first_cell + i].count;
      if (count == 0) continue;
      std::string categories;
      for (const std::string& one : layout.categories(table, i % table.cells)) {
        categories += (categories.empty() ? "" : ",") + one;
      }
      out << table.spec.indicator->code << '\t' << name(table.spec.kind) << '\t'
          << table.first_start +
                 static_cast<int>(i / table.cells) * static_cast<int>(table.spec.kind)
          << '\t' << by << '\t' << categories << '\t' << count << '\n';
    }
  }
}

}  // namespace

Result<void> measure_cube(const CubeOptions& options) {
  const auto specs = margins(options.which);
  std::optional<Facts> facts;
  for (int i = 0; i < options.repeat; ++i) {
    facts.reset();
    forget(options.records);
    const Meter meter;
    TRY(facts, load(options.records));
    const std::size_t tables = fill(*facts, specs);
    print("cube." + options.which + ".disk", meter.stop(), static_cast<double>(tables));
  }
  // The copy of the facts that a node keeps beside its records.
  const auto copy = options.records.parent_path() / "bench.facts";
  TRY_VOID(FactsCopy::write(copy, *facts, members()));
  for (int i = 0; i < options.repeat; ++i) {
    facts.reset();
    forget(options.records);
    forget(copy);
    const Meter meter;
    TRY(facts, load_copy(options.records, copy));
    const std::size_t tables = fill(*facts, specs);
    print("cube." + options.which + ".copy", meter.stop(), static_cast<double>(tables));
  }
  std::filesystem::remove(copy);
  for (int i = 0; i < options.repeat; ++i) {
    const Meter meter;
    const std::size_t tables = fill(*facts, specs);
    print("cube." + options.which + ".memory", meter.stop(), static_cast<double>(tables));
  }
  if (options.cells.empty()) return {};
  std::ofstream out(options.cells, std::ios::trunc);
  write_cells(*facts, specs, out);
  out.close();
  if (out.fail()) return fail(Errc::io, options.cells.string() + ": cannot be written");
  return {};
}

}  // namespace regions::bench
