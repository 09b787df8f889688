#include "node/ledger/ledger.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "node/ledger/amount_rows.h"
#include "node/ledger/ledger_rows.h"
#include "node/ledger/limits.h"
#include "policies/catalogue/tables.h"
#include "protocol/statement/opening.h"

namespace regions {
namespace {

// Every row whose key is `prefix` and a number; the numbers must be 1, 2, ... without a gap: a
// version that is missing would not be compared with.
template <class Message, class Each>
Result<void> each_version(const Reader& records, Area area, const Bytes& prefix, Each each) {
  std::uint32_t expected = 1;
  const auto cursor = records.scan(area, prefix);
  for (; cursor->valid(); cursor->next(), ++expected) {
    if (cursor->key() != ByteView(numbered(prefix, expected))) {
      return fail(Errc::corrupt, "the ledger: a version of " + prefix + " is missing");
    }
    Message message;
    TRY_VOID(unseal(cursor->value(), message));
    TRY_VOID(each(message, expected));
  }
  return cursor->status();
}

std::string name_of(const FigureName& figure) {
  return figure.table + " of " + figure.indicator + ", " + figure.period;
}

// Every release whose key begins so.
Result<std::vector<LedgerRelease>> releases_below(const Reader& records, const Bytes& prefix) {
  std::vector<LedgerRelease> out;
  const auto cursor = records.scan(Area::releases, prefix);
  for (; cursor->valid(); cursor->next()) {
    TRY(const NumberedFigure name, parse_figure_key(kReleasePrefix, cursor->key()));
    ledger::Release row;
    const auto read = unseal(cursor->value(), row);
    if (!read) return read.error().in(name_of(name.figure));
    TRY(LedgerRelease release, from_row(row, name));
    out.push_back(std::move(release));
  }
  TRY_VOID(cursor->status());
  return out;
}

// Without what a release states the next decision would be taken as if that had never been said.
Result<void> require_stated(const std::vector<LedgerRelease>& releases, std::size_t decisions) {
  for (const LedgerRelease& one : releases) {
    if (one.decision <= decisions) continue;
    return fail(Errc::corrupt, "the ledger: decision " + std::to_string(one.decision) +
                                   " is missing, which " + name_of(one.figure) + " states");
  }
  return {};
}

std::string cut(std::string text) {
  if (text.size() > kLedgerTextBytesMax) text.resize(kLedgerTextBytesMax);
  return text;
}

Refusal refusal_of(const ledger::Refusal& row, const FigureName& figure) {
  return {figure, row.reason(), row.first_at(), row.last_at(), row.by(), row.times()};
}

// The row of the figure that says the same, or a further one; one figure has few.
Result<void> add_refusal(const Reader& records, const NewRefusal& refusal, std::int64_t at,
                         const std::string& by, Batch& batch) {
  const std::string reason = cut(refusal.reason);
  const Bytes prefix = figure_prefix(kRefusalPrefix, refusal.figure);
  ledger::Refusal row, same;
  std::uint32_t number = 0, place = 0;
  std::int64_t last_at = INT64_MIN;
  const auto cursor = records.scan(Area::releases, prefix);
  for (; cursor->valid(); cursor->next()) {
    TRY_VOID(unseal(cursor->value(), row));
    ++number;
    last_at = std::max<std::int64_t>(last_at, row.last_at());
    if (place > 0 || (row.reason() != reason && number < kRefusalsOfAFigureMax)) continue;
    place = number;
    same = row;
  }
  TRY_VOID(cursor->status());
  const bool is_last = place > 0 && same.reason() == reason && same.last_at() == last_at;
  if (refusal.is_told_once && is_last) return {};
  if (place == 0) {
    place = number + 1;
    same.set_first_at(at);
  }
  same.set_reason(reason);
  same.set_last_at(at);
  same.set_by(cut(by));
  same.set_times(same.times() + 1);
  batch.put(Area::releases, numbered(prefix, place), seal(same));
  return {};
}

void add(const NewDecision& made, Batch& batch) {
  const std::string& period = made.decision.headlines.period();
  const std::uint32_t version = made.decision.version;
  ledger::Decision row;
  row.set_decided_at(made.decision.decided_at);
  row.set_rule_set(Bytes(made.decision.rule_set.view()));
  row.set_headlines(made.decision.headlines.encode());
  batch.put(Area::decisions, numbered(headline_prefix(period), version), seal(row));
  batch.put(Area::decisions, numbered(members_prefix(period), version), seal(to_row(made.members)));
}

// One that could not be read back would leave a region that can release no amount any more.
Result<void> add(const NewAmounts& made, Batch& batch) {
  const std::string& indicator = made.decision.indicator;
  Bytes decision = seal(to_row(made.decision));
  Bytes witnesses = seal(to_row(made.witnesses));
  if (decision.size() > kLedgerRowBytesMax || witnesses.size() > kLedgerRowBytesMax) {
    return fail(Errc::too_large, "more amounts of " + indicator +
                                     " at a time than the ledger takes; release fewer periods with "
                                     "one call, or plan coarser tables");
  }
  batch.put(Area::decisions, numbered(amount_prefix(indicator), made.decision.number), decision);
  batch.put(Area::decisions, numbered(witness_prefix(indicator), made.decision.number), witnesses);
  const Bytes members = made.members ? seal(to_row(*made.members)) : Bytes();
  if (made.members && members.size() <= kLedgerRowBytesMax) {
    batch.put(Area::decisions, numbered(holders_prefix(indicator), made.decision.number), members);
  }
  return {};
}

}  // namespace

Result<void> Ledger::check_format() const {
  TRY(const auto stored, records_.get(Area::releases, kFormatKey));
  if (!stored) {
    const auto cursor = records_.scan(Area::releases, kReleasePrefix);
    if (!cursor->valid()) return cursor->status();
    return fail(Errc::unsupported,
                "the records hold releases of a build before the ledger; found this home anew");
  }
  if (stored->size() == 4 && read_u32(*stored) <= kLedgerFormat) return {};
  return fail(Errc::unsupported, "the ledger has a newer format than " +
                                     std::to_string(kLedgerFormat) +
                                     "; run the version that wrote it");
}

Result<std::vector<Decision>> Ledger::decisions(const std::string& period) const {
  std::vector<Decision> out;
  const auto take = [&](const ledger::Decision& row, std::uint32_t version) -> Result<void> {
    TRY(auto headlines, FixedHeadlines::restore(row.headlines()));
    const auto rule_set = Digest::from_bytes(row.rule_set(), "rule set");
    if (!rule_set) return fail(Errc::corrupt, "the ledger: a decision of " + period);
    out.push_back({std::move(headlines), row.decided_at(), *rule_set, version});
    return {};
  };
  const auto read =
      each_version<ledger::Decision>(records_, Area::decisions, headline_prefix(period), take);
  if (!read) return read.error().in("the headlines of " + period);
  for (const std::string_view code : {kHeadlineAll, kHeadlineSme}) {
    TRY(const auto stated, releases({std::string(code), period, std::string(kHeadlineTable)}));
    TRY_VOID(require_stated(stated, out.size()));
  }
  return out;
}

Result<std::optional<DecidedMembers>> Ledger::members(const std::string& period,
                                                      std::uint32_t version) const {
  TRY(const auto stored, records_.get(Area::decisions, numbered(members_prefix(period), version)));
  if (!stored) return std::optional<DecidedMembers>();
  ledger::Members row;
  const auto read = unseal(*stored, row);
  if (!read) return read.error().in("who was in the headlines of " + period);
  TRY(DecidedMembers members, from_row(row, period));
  return std::optional(std::move(members));
}

Result<std::vector<AmountDecision>> Ledger::amounts(const std::string& indicator) const {
  std::vector<AmountDecision> out;
  const auto take = [&](const ledger::Amounts& row, std::uint32_t number) -> Result<void> {
    TRY(AmountDecision decision, from_row(row));
    decision.indicator = indicator;
    decision.number = number;
    out.push_back(std::move(decision));
    return {};
  };
  const auto read =
      each_version<ledger::Amounts>(records_, Area::decisions, amount_prefix(indicator), take);
  if (!read) return read.error().in("what was decided about " + indicator);
  TRY(const auto stated, releases_below(records_, Bytes(kReleasePrefix) + indicator + "/"));
  TRY_VOID(require_stated(stated, out.size()));
  return out;
}

Result<std::vector<AmountWitness>> Ledger::witnesses(const std::string& indicator,
                                                     std::uint32_t number) const {
  TRY(const auto stored,
      records_.get(Area::decisions, numbered(witness_prefix(indicator), number)));
  const std::string what =
      "the witnesses of decision " + std::to_string(number) + " about " + indicator;
  if (!stored) return fail(Errc::corrupt, "the ledger: " + what + " are missing");
  ledger::Witnesses row;
  const auto read = unseal(*stored, row);
  if (!read) return read.error().in(what);
  return from_row(row);
}

Result<std::optional<Bytes>> Ledger::witness_secret(const FigureName& figure,
                                                    std::uint32_t version) const {
  TRY(const auto stored,
      records_.get(Area::releases, numbered(figure_prefix(kOpeningPrefix, figure), version)));
  if (!stored) return std::optional<Bytes>();
  ledger::Opening row;
  const auto read = unseal(*stored, row);
  if (!read) return read.error().in("what opens the claim of " + name_of(figure));
  if (row.secret().size() != kWitnessSecretBytes) {
    return fail(Errc::corrupt, "the ledger: what opens a claim of " + figure.indicator);
  }
  return std::optional<Bytes>(row.secret());
}

Result<std::optional<AmountMembers>> Ledger::amount_members(const std::string& indicator,
                                                            std::uint32_t number) const {
  TRY(const auto stored,
      records_.get(Area::decisions, numbered(holders_prefix(indicator), number)));
  if (!stored) return std::optional<AmountMembers>();
  ledger::AmountMembers row;
  const auto read = unseal(*stored, row);
  if (!read) return read.error().in("whose amounts of " + indicator + " were decided");
  TRY(AmountMembers members, from_row(row));
  return std::optional(std::move(members));
}

Result<std::vector<LedgerRelease>> Ledger::releases(const FigureName& figure) const {
  std::vector<LedgerRelease> out;
  const auto take = [&](const ledger::Release& row, std::uint32_t version) -> Result<void> {
    TRY(LedgerRelease release, from_row(row, {figure, version}));
    out.push_back(std::move(release));
    return {};
  };
  const auto read = each_version<ledger::Release>(records_, Area::releases,
                                                  figure_prefix(kReleasePrefix, figure), take);
  if (!read) return read.error().in(name_of(figure));
  return out;
}

Result<std::vector<LedgerRelease>> Ledger::all_releases() const {
  return releases_below(records_, Bytes(kReleasePrefix));
}

Result<std::vector<Refusal>> Ledger::all_refusals() const {
  std::vector<Refusal> out;
  const auto cursor = records_.scan(Area::releases, kRefusalPrefix);
  for (; cursor->valid(); cursor->next()) {
    TRY(const NumberedFigure name, parse_figure_key(kRefusalPrefix, cursor->key()));
    ledger::Refusal row;
    const auto read = unseal(cursor->value(), row);
    if (!read) return read.error().in("refusals of " + name_of(name.figure));
    out.push_back(refusal_of(row, name.figure));
  }
  TRY_VOID(cursor->status());
  return out;
}

// The last version of a year comes last.
Result<std::vector<HeadlineFinding>> Ledger::all_waived() const {
  std::map<std::string, std::vector<HeadlineFinding>> by_period;
  const auto cursor = records_.scan(Area::decisions, kMembersPrefix);
  for (; cursor->valid(); cursor->next()) {
    ledger::Members row;
    const std::string period = period_in_members_key(cursor->key());
    const auto read = unseal(cursor->value(), row);
    if (!read) return read.error().in("who was in the headlines of " + period);
    TRY(DecidedMembers members, from_row(row, period));
    by_period[period] = std::move(members.waived);
  }
  TRY_VOID(cursor->status());
  std::vector<HeadlineFinding> out;
  for (auto& [period, waived] : by_period) {
    std::move(waived.begin(), waived.end(), std::back_inserter(out));
  }
  return out;
}

Result<std::vector<AmountDecision>> Ledger::all_amounts() const {
  std::set<std::string> indicators;
  const auto cursor = records_.scan(Area::decisions, kAmountPrefix);
  for (; cursor->valid(); cursor->next()) {
    const ByteView rest = cursor->key().substr(kAmountPrefix.size());
    indicators.insert(std::string(rest.substr(0, rest.find('/'))));
  }
  TRY_VOID(cursor->status());
  std::vector<AmountDecision> out;
  for (const std::string& indicator : indicators) {
    TRY(auto decisions, amounts(indicator));
    std::move(decisions.begin(), decisions.end(), std::back_inserter(out));
  }
  return out;
}

Result<std::optional<PendingStatement>> Ledger::pending() const {
  TRY(const auto stored, records_.get(Area::releases, kPendingKey));
  if (!stored) return std::optional<PendingStatement>();
  ledger::Pending row;
  TRY_VOID(unseal(*stored, row));
  TRY(PendingStatement pending, from_row(row));
  return std::optional(std::move(pending));
}

Result<void> Ledger::prepare(const std::optional<NewDecision>& made,
                             const PendingStatement& pending,
                             const std::optional<NewAmounts>& amounts,
                             const std::optional<Bytes>& witness_secret) {
  Batch batch;
  if (made) add(*made, batch);
  if (amounts) {
    TRY_VOID(add(*amounts, batch));
  }
  if (witness_secret) {
    const LedgerRelease& one = pending.release;
    ledger::Opening opening;
    opening.set_secret(*witness_secret);
    batch.put(Area::releases, numbered(figure_prefix(kOpeningPrefix, one.figure), one.version),
              seal(opening));
  }
  Bytes format;
  append_u32(format, kLedgerFormat);
  batch.put(Area::releases, kFormatKey, format);
  batch.put(Area::releases, kPendingKey, seal(to_row(pending)));
  return records_.commit(batch);
}

Result<void> Ledger::finish(const PendingStatement& pending, std::uint64_t index) {
  LedgerRelease release = pending.release;
  (release.withdrawn ? release.withdrawn->statement : release.ref).index = index;
  Batch batch;
  batch.put(Area::releases,
            numbered(figure_prefix(kReleasePrefix, release.figure), release.version),
            seal(to_row(release)));
  batch.erase(Area::releases, kPendingKey);
  return records_.commit(batch);
}

Result<void> Ledger::refuse(const std::vector<NewRefusal>& refusals, std::int64_t at,
                            const std::string& by) {
  Batch batch;
  for (const NewRefusal& one : refusals) {
    TRY_VOID(add_refusal(records_, one, at, by, batch));
  }
  return batch.empty() ? Result<void>() : records_.commit(batch);
}

Result<std::optional<int>> Ledger::frozen_tier(const Digest& plan) const {
  TRY(const auto stored, records_.get(Area::decisions, "tier/" + plan.hex()));
  if (!stored) return std::optional<int>();
  if (stored->size() != 1 || (*stored)[0] < 0 || (*stored)[0] > 2) {
    return fail(Errc::corrupt, "stored tier");
  }
  return std::optional<int>((*stored)[0]);
}

Result<void> Ledger::freeze_tier(const Digest& plan, int tier) {
  Batch batch;
  batch.put(Area::decisions, "tier/" + plan.hex(), Bytes(1, static_cast<char>(tier)));
  return records_.commit(batch);
}

Result<std::optional<Digest>> Ledger::frozen_noise(const Digest& plan) const {
  TRY(const auto stored, records_.get(Area::decisions, "noise/" + plan.hex()));
  if (!stored) return std::optional<Digest>();
  TRY(const Digest noise, Digest::from_bytes(*stored, "stored table of noise"));
  return std::optional(noise);
}

Result<void> Ledger::freeze_noise(const Digest& plan, const Digest& noise) {
  Batch batch;
  batch.put(Area::decisions, "noise/" + plan.hex(), noise.view());
  return records_.commit(batch);
}

}  // namespace regions
