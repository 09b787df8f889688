#include "policies/disclosure/amounts/amount_control.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "policies/catalogue/tables.h"
#include "policies/disclosure/amounts/correcting.h"
#include "policies/disclosure/amounts/linking.h"
#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

Result<std::vector<const Dimension*>> dimensions_of(const Catalogue& catalogue,
                                                    const std::vector<std::string>& ids) {
  std::vector<const Dimension*> dimensions;
  for (const std::string& id : ids) {
    dimensions.push_back(catalogue.dimension(id));
    const bool in_order = dimensions.size() < 2 || ids[dimensions.size() - 2] < id;
    if (dimensions.back() == nullptr || !in_order) {
      return fail(Errc::corrupt, "amounts by " + id + ": no dimension, or out of order");
    }
  }
  return dimensions;
}

Result<void> check_planned(const std::string& indicator, const std::vector<AmountTable>& tables) {
  for (const AmountTable& asked : tables) {
    const auto& named = asked.table->indicators;
    const bool known = std::find(named.begin(), named.end(), indicator) != named.end();
    if (known && asked.table->method == Method::rounded &&
        asked.table->period == asked.period.kind()) {
      continue;
    }
    return fail(Errc::refused, std::string(kNotPlanned));
  }
  return {};
}

// Of what the categories of a row are indexes into.
Digest codes_of(const std::vector<const Dimension*>& dimensions) {
  TaggedWriter content("amount-codes");
  for (const Dimension* dimension : dimensions) {
    content.field(dimension->id());
    for (const Category& one : dimension->categories()) content.field(one.code);
  }
  return sha256(content.take());
}

AmountMembers members_of(const OrderedRows& rows, const std::vector<const Dimension*>& dimensions,
                         ByteView secret) {
  AmountMembers made{Bytes(secret), codes_of(dimensions), {}, {}, 0};
  for (const Party& party : rows.parties) made.parties.push_back(party_tag(secret, party));
  std::sort(made.parties.begin(), made.parties.end());
  std::vector<PartyId> place;
  for (const Party& party : rows.parties) {
    const auto at =
        std::lower_bound(made.parties.begin(), made.parties.end(), party_tag(secret, party));
    place.push_back(static_cast<PartyId>(at - made.parties.begin()));
  }
  for (AmountRow row : rows.rows) {
    if (row.cents == 0) continue;  // of no amount
    row.holding = place[row.holding];
    for (PartyId& party : row.known_to) party = place[party];
    std::sort(row.known_to.begin(), row.known_to.end());
    made.rows.push_back(std::move(row));
  }
  std::sort(made.rows.begin(), made.rows.end());
  return made;
}

// `after` says nothing of which `before` does not say as much.
bool tells_no_more(const AttackedAmounts& before, const AttackedAmounts& after) {
  return std::all_of(after.findings.begin(), after.findings.end(), [&](const auto& now) {
    return std::any_of(before.findings.begin(), before.findings.end(), [&](const auto& then) {
      return then.cells == now.cells && then.who == now.who && now.below >= then.below &&
             now.above >= then.above;
    });
  });
}

}  // namespace

std::string_view name(AmountMethod method) {
  constexpr std::array<std::string_view, 5> kNames{"none", "optimum", "incumbent", "repair",
                                                   "whole"};
  return kNames[static_cast<std::size_t>(method)];
}

SafeTable AmountControl::begin(const RawAmounts& raw, const AmountTable& asked,
                               const RuleSet& rules) {
  SafeTable safe;
  safe.indicator_ = raw.indicator_;
  safe.definition_ = raw.definition_;
  safe.period_ = asked.period.text();
  safe.table_ = asked.table->id;
  safe.dimensions_ = asked.table->by;
  safe.method_ = kMethodRounded;
  safe.method_version_ = kMethodVersion;
  safe.minimum_ = rules.minimum;
  return safe;
}

Result<ProtectedAmounts> AmountControl::protect(const RawAmounts& raw,
                                                const AmountRequest& request) {
  TRY_VOID(check_planned(raw.indicator_, request.tables));
  TRY(auto dimensions, dimensions_of(*request.catalogue, raw.dimensions_));
  TRY(auto rows, in_order(raw.parties_, raw.rows_));
  Linking linking(request, std::move(dimensions), std::move(rows));
  TRY_VOID(linking.link());
  TRY(ProtectedAmounts made, linking.protect());
  for (const AmountTable& asked : request.tables) {
    SafeTable safe = begin(raw, asked, request.rules);
    TRY(safe.cells_, linking.cells_of(asked));
    made.tables.push_back(std::move(safe));
  }
  return made;
}

Result<AttackedAmounts> AmountControl::attack(const RawAmounts& raw, const AmountRequest& request) {
  TRY_VOID(check_planned(raw.indicator_, request.tables));
  TRY(auto dimensions, dimensions_of(*request.catalogue, raw.dimensions_));
  TRY(auto rows, in_order(raw.parties_, raw.rows_));
  Linking linking(request, std::move(dimensions), std::move(rows));
  TRY_VOID(linking.link());
  return linking.attack();
}

Result<AmountMembers> AmountControl::members(const RawAmounts& raw, const Catalogue& catalogue,
                                             ByteView secret) {
  TRY(const auto dimensions, dimensions_of(catalogue, raw.dimensions_));
  TRY(const auto rows, in_order(raw.parties_, raw.rows_));
  return members_of(rows, dimensions, secret);
}

Result<CorrectedAmounts> AmountControl::correct(const RawAmounts& raw, const AmountRequest& request,
                                                const std::vector<EarlierAmounts>& earlier) {
  TRY_VOID(check_planned(raw.indicator_, request.tables));
  TRY(const auto dimensions, dimensions_of(*request.catalogue, raw.dimensions_));
  TRY(const auto rows, in_order(raw.parties_, raw.rows_));
  Bytes secret;
  for (const EarlierAmounts& one : earlier) {
    if (one.members) secret = one.members->secret;
  }
  const AmountMembers now = members_of(rows, dimensions, secret);
  CorrectedAmounts made;
  made.corrected.resize(request.tables.size());
  made.why_not.resize(request.tables.size());
  TRY_VOID(Correcting(request, dimensions, rows, earlier, now).run(made));
  if (made.decided.empty()) return made;
  AmountRequest all = request;
  all.tables.clear();
  TRY(const AttackedAmounts before, attack(raw, all));
  all.history.release(made.decided);
  TRY(const AttackedAmounts after, attack(raw, all));
  if (tells_no_more(before, after)) {
    std::copy_if(after.intervals.begin(), after.intervals.end(), std::back_inserter(made.intervals),
                 [](const AmountInterval& one) { return one.who == "anybody"; });
    return made;
  }
  for (std::size_t at = 0; at < request.tables.size(); ++at) {
    if (made.corrected[at]) made.why_not[at] = kToldElsewhere;
  }
  made.corrected.assign(request.tables.size(), 0);
  made.decided.clear();
  return made;
}

}  // namespace regions
