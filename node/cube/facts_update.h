// Brings Facts up to date after a change of the records, by reading what changed and nothing else.
//
//   auto update = FactsUpdate::read(facts, ...);  // reads; facts still counts as before
//   ... take out what update.touched() contributes ...
//   update.apply(facts);
//   ... put in what update.touched() contributes now ...
//
// Afterwards the facts count as if all records had been read anew, though numbers of shapes,
// standings, holders and enterprises may be others. One thread; nobody reads the facts meanwhile.
#pragma once

#include "node/cube/facts_reader.h"

namespace regions {

class FactsUpdate {
 public:
  // `changed`: since facts.read_at(), at the moment of `reader`. `territories` and `secret` as when
  // the facts were loaded. Errors as of Facts::load; then the facts count as before.
  static Result<FactsUpdate> read(Facts& facts, const Reader& reader,
                                  const Territories& territories, ByteView secret,
                                  const Changed& changed);

  // The enterprises whose contributions change, whole groups before and after, ascending.
  const std::vector<std::uint32_t>& touched() const { return touched_; }

  // Once; the facts that were given to read().
  void apply(Facts& facts);

 private:
  FactsUpdate() = default;
  void find_touched(const Facts& facts);
  void write(Facts& facts, const EnterpriseRows& rows);
  static void leave_group(Facts& facts, std::uint32_t enterprise);
  static void close_ranks(Facts& facts);

  std::vector<EnterpriseRows> rows_;
  std::vector<std::uint32_t> touched_;
  RecordsState now_;
  bool knows_nace_ = false;
};

}  // namespace regions
