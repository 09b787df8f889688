// Nasty records from a seed, as the CSV texts that an operator would import: enterprises in
// holdings, states that change in time, actors of every kind of place, dates at borders, rows that
// do not count. Made for member PT16 among generated_members().
#pragma once

#include <string>

#include "node/cube/profile.h"
#include "tests/node/records/import_support.h"
#include "tests/support/seeded_random.h"

namespace regions {

// PT16, DE24 and ES13, each the territory of its own code; PT16 is self.
Territories generated_members();

// Texts with their headers.
struct GeneratedRecords {
  std::string own_cooperations;
  std::string partner_cooperations;
  std::string own_organisations;
  std::string partner_organisations;
};

// About `cooperations` own rows over a fifth as many enterprises, and a quarter as many partner
// rows.
GeneratedRecords generate_records(std::uint64_t seed, int cooperations);

// The same rows behind the same header in another order.
std::string shuffled(const std::string& text, std::uint64_t seed);

// Cooperations with own ones first, then organisations with partners' first; or the reverse of all.
enum class ImportOrder { cooperations_first, organisations_first };
// All four texts into one store, in batches of `batch_rows`; every row must be taken, unless
// `refusals` of rows that meet others are to be expected.
void import_generated(Store& store, const GeneratedRecords& records,
                      ImportOrder order = ImportOrder::cooperations_first,
                      std::size_t batch_rows = kImportBatchRows, bool refusals = false);

}  // namespace regions
