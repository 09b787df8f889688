// One amount with everything that is derived from its rows, history and rules: what protect() and
// attack() of AmountControl do. One owner, one thread; does not move.
#pragma once

#include <map>

#include "policies/disclosure/amounts/places.h"
#include "policies/disclosure/amounts/protection.h"
#include "policies/disclosure/amounts/row_order.h"

namespace regions {

class Linking {
 public:
  // `request` outlives this.
  Linking(const AmountRequest& request, std::vector<const Dimension*> dimensions, OrderedRows rows);
  Linking(const Linking&) = delete;
  Linking& operator=(const Linking&) = delete;

  // Once, before anything else.
  Result<void> link();
  Result<ProtectedAmounts> protect();
  Result<AttackedAmounts> attack();
  // Of a table that was asked for, after protect(); bytewise order of categories.
  Result<std::vector<SafeTable::Cell>> cells_of(const AmountTable& table) const;

 private:
  Result<std::vector<std::pair<Margin, Years>>> hidden_tables(
      const std::vector<MarginOfPeriod>& shown) const;
  Result<void> read_history();
  Result<void> read_external();
  bool is_fresh(CellId id) const;
  ProtectionTask task() const;
  // What ended too early, with the figure that it was at.
  Error near(const Work& work, const Error& error) const;
  // For the table that asked for it.
  WithheldAmount why_withheld(CellId id) const;
  void decide(const ProtectionTask& task, const ProtectionResult& result, ProtectedAmounts& made);
  void report(const ProtectionResult& result, ProtectedAmounts& made) const;
  AmountInterval interval_of(const CellInterval& one, std::string who) const;
  AmountWitness witness_of(const Reached& one, bool up) const;
  AmountFinding finding_of(const Disclosed& one) const;
  std::string who_of(const std::vector<std::size_t>& knowers) const;

  const AmountRequest& request_;
  const std::vector<const Dimension*> dimensions_;
  const OrderedRows rows_;
  const Places places_;
  std::optional<LinkedAmounts> linked_;
  std::map<MarginOfPeriod, std::size_t> asked_;  // by place: index into the request's tables
  // By cell.
  std::vector<std::optional<std::int64_t>> value_;  // released
  std::vector<std::uint8_t> past_;                  // decided before
  std::vector<std::uint8_t> known_;                 // to everybody: released as it is, or elsewhere
  std::vector<Level> promised_;
  std::vector<std::int64_t> corrected_;  // by how much the records have changed since its release
  std::vector<CellContent> contents_;
  std::vector<Knower> knowers_;
  std::optional<AmountRules> rules_;
  AmountModel model_;  // points to the others
};

}  // namespace regions
