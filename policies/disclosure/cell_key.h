// The keys of the cell key method (DISCLOSURE 2; protocol/spec/cellkey.md). A holding has one
// record key for ever; a cell's key is the sum of those of its holdings, so that the same firms get
// the same noise in every table and at every import.
//
// Confidential: who knows a cell's key can take the noise off. So a key is moved and never copied,
// printed, compared or read; perturb() alone looks at one (tests/canaries/ proves it). Values of
// one thread at a time.
#pragma once

#include <cstdint>
#include <ostream>
#include <string_view>

#include "policies/disclosure/perturbation_table.h"
#include "protocol/base/bytes.h"

namespace regions {

class CellKey;

class RecordKey {
 public:
  RecordKey(RecordKey&&) = default;
  RecordKey& operator=(RecordKey&&) = default;
  RecordKey(const RecordKey&) = delete;
  RecordKey& operator=(const RecordKey&) = delete;
  friend std::ostream& operator<<(std::ostream&, const RecordKey&) = delete;

 private:
  friend class CellKey;
  friend RecordKey record_key(ByteView region_secret, std::string_view holding_or_register_id);
  explicit RecordKey(std::uint32_t value) : value_(value) {}

  std::uint32_t value_;
};

// The first four bytes, big-endian, of HMAC-SHA256 under the region's secret (32 bytes) of
// "regions4/cellkey/v1", 0x0A and the id as one field (protocol/base/tagged.h). The id is that of
// the holding, of an enterprise without one its register id; never empty. Another secret is another
// series: the noise of every cell changes, and the difference of the two is no noise any more.
RecordKey record_key(ByteView region_secret, std::string_view holding_or_register_id);

// The key of a cell while its holdings are added, in any order.
class CellKey {
 public:
  CellKey() = default;
  CellKey(CellKey&&) = default;
  CellKey& operator=(CellKey&&) = default;
  CellKey(const CellKey&) = delete;
  CellKey& operator=(const CellKey&) = delete;
  friend std::ostream& operator<<(std::ostream&, const CellKey&) = delete;

  // Once for every holding of the cell, however many of its enterprises the cell counts. So the key
  // of a total is not the sum of those of its parts: a holding may stand in two of them.
  void add(const RecordKey& holding) {
    sum_ += holding.value_;  // mod 2^32
    ++holdings_;
  }
  // One that was added, and of which no enterprise is left in the cell.
  void remove(const RecordKey& holding) {
    sum_ -= holding.value_;
    --holdings_;
  }
  // All holdings of another key, none of which this one has; or all of which it has.
  void add(const CellKey& others) {
    sum_ += others.sum_;
    holdings_ += others.holdings_;
  }
  void remove(const CellKey& others) {
    sum_ -= others.sum_;
    holdings_ -= others.holdings_;
  }

 private:
  friend std::int64_t perturb(const PerturbationTable& table, std::int64_t count,
                              const CellKey& key);

  std::uint32_t sum_ = 0;
  std::uint32_t holdings_ = 0;
};

// The count that is published for a cell of `count` enterprises: 0 for 0, otherwise the count and
// its noise. A key of no holding, or of more than there are enterprises, is a programmer's error.
std::int64_t perturb(const PerturbationTable& table, std::int64_t count, const CellKey& key);

}  // namespace regions
