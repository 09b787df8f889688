// A table after disclosure control: what may be released, and all that may be released. Disclosure
// control alone makes one; a release takes nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

class SafeTable {
 public:
  struct Cell {
    std::vector<std::string> categories;  // one per dimension, in their order
    std::optional<std::int64_t> value;    // nullopt: withheld

    bool operator==(const Cell&) const = default;
  };

  const std::string& indicator() const { return indicator_; }
  const Digest& definition() const { return definition_; }
  const std::string& period() const { return period_; }
  // The id of the planned table: "headline".
  const std::string& table() const { return table_; }
  const std::vector<std::string>& dimensions() const { return dimensions_; }
  const std::vector<Cell>& cells() const { return cells_; }
  // "exact"; its version; the least count that the rules publish.
  const std::string& method() const { return method_; }
  std::uint32_t method_version() const { return method_version_; }
  std::uint32_t minimum() const { return minimum_; }

  std::size_t published() const;
  std::size_t withheld() const { return cells_.size() - published(); }

 private:
  friend class AmountControl;
  friend class HeadlineControl;
  friend class BreakdownControl;
  friend class FixedHeadlines;
  SafeTable() = default;

  std::string indicator_;
  Digest definition_;
  std::string period_;
  std::string table_;
  std::vector<std::string> dimensions_;
  std::vector<Cell> cells_;
  std::string method_;
  std::uint32_t method_version_ = 0;
  std::uint32_t minimum_ = 0;
};

}  // namespace regions
