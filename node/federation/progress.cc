#include "node/federation/progress.h"

#include <algorithm>

#include "node/federation/located.h"
#include "node/federation/margin.h"
#include "policies/catalogue/tables.h"

namespace regions {
namespace {

// What is read of every log.
struct Figures {
  Margin asked;
  std::optional<Margin> other;  // the other headline, which tells "not computable"
  std::optional<Margin> place;  // for located coverage
  Period baseline;
  Period period;
};

struct MemberFigures {
  MemberLog log;
  bool ever = false;  // the member released the indicator at least once, in whatever table
};

FigureKey key_of(const Catalogue& catalogue, const Margin& margin, const Period& period) {
  return {margin.indicator->code, catalogue.definition(*margin.indicator), margin.table,
          period.text()};
}

// Under the catalogue's definition; else the last under another one, which is not comparable.
const Stated* find(const MemberLog& log, const FigureKey& key) {
  const Stated* last = log.find(key);
  if (last != nullptr) return last;
  for (const auto& [at, stated] : log.current) {
    if (at.indicator != key.indicator || at.table != key.table || at.period != key.period) continue;
    if (last == nullptr || last->index < stated.index) last = &stated;
  }
  return last;
}

ProgressValue value_of(const Stated* stated, bool seen, bool computable) {
  ProgressValue value;
  if (stated == nullptr) {
    if (!seen) value.state = ProgressState::not_heard_of;
    if (!computable) value.state = ProgressState::not_computable;
    return value;
  }
  const Cell& cell = stated->release.cells.front();
  value.value = cell.value;
  value.state = cell.value ? ProgressState::known : ProgressState::withheld;
  value.obs_status = !cell.value ? 'Q' : (cell.status == ObsStatus::P ? 'P' : 'A');
  value.conf_status = cell.value ? 'F' : 'C';
  value.provisional = is_provisional(stated->release, cell);
  value.release = stated->id;
  value.log_index = stated->index;
  return value;
}

std::optional<Places> places_of(const MemberLog& log, const Catalogue& catalogue,
                                const std::optional<Margin>& place, const Period& period) {
  const auto window = window_of(period);
  if (!place || !window) return std::nullopt;
  const Stated* stated = log.find(key_of(catalogue, *place, *window));
  if (stated == nullptr || stated->release.dimensions != place->by) return std::nullopt;
  return places_in(stated->release);
}

std::string in_words(ProgressState state, const Figures& figures) {
  switch (state) {
    case ProgressState::not_computable:
      return "not computable: the other headline is released, " + figures.asked.indicator->code +
             " never";
    case ProgressState::not_heard_of:
      return "not heard of";
    case ProgressState::not_released:
      return "not released";
    case ProgressState::withheld:
      return "withheld";
    case ProgressState::not_comparable:
    case ProgressState::known:
      break;
  }
  return {};
}

// Why two known values are not like with like; empty when they are.
std::string difference(const Release& baseline, const Release& period, const Digest& definition) {
  if (baseline.definition != definition || period.definition != definition) {
    return "released under another definition than the catalogue's";
  }
  if (baseline.nuts_version != period.nuts_version) {
    return "NUTS " + baseline.nuts_version + " and NUTS " + period.nuts_version;
  }
  return {};
}

void not_comparable(MemberProgress& member, const std::string& reason) {
  member.state = ProgressState::not_comparable;
  member.reason = "not comparable: " + reason;
}

void compare(MemberProgress& member, const Stated& baseline, const Stated& period,
             const MemberLog& log, const Figures& figures, const Catalogue& catalogue) {
  const Indicator& indicator = *figures.asked.indicator;
  const std::string reason =
      difference(baseline.release, period.release, catalogue.definition(indicator));
  if (!reason.empty()) return not_comparable(member, reason);
  const auto before = places_of(log, catalogue, figures.place, figures.baseline);
  const auto after = places_of(log, catalogue, figures.place, figures.period);
  if (before && after) {
    member.located = LocatedShares{permille(*before), permille(*after)};
    if (differ(*before, *after, kLocatedPointsMax)) {
      return not_comparable(member, "located coverage differs by more than " +
                                        std::to_string(kLocatedPointsMax) + " points");
    }
  } else {
    member.reason = "share with known place unknown (no table by place released for both)";
  }
  member.change =
      change_of(indicator, *member.baseline.value, *member.period.value, figures.asked.error);
}

MemberProgress progress_of(const std::string& region, const MemberFigures& read,
                           const Figures& figures, const Catalogue& catalogue) {
  MemberProgress member;
  member.region = region;
  const auto computable = [&](const Period& period) {
    return read.ever || !figures.other ||
           find(read.log, key_of(catalogue, *figures.other, period)) == nullptr;
  };
  const Stated* baseline = find(read.log, key_of(catalogue, figures.asked, figures.baseline));
  const Stated* period = find(read.log, key_of(catalogue, figures.asked, figures.period));
  member.baseline = value_of(baseline, read.log.seen, computable(figures.baseline));
  member.period = value_of(period, read.log.seen, computable(figures.period));
  member.state = std::min(member.baseline.state, member.period.state);
  if (member.state == ProgressState::known) {
    compare(member, *baseline, *period, read.log, figures, catalogue);
    return member;
  }
  for (const auto& [value, at] :
       {std::pair(&member.baseline, figures.baseline), std::pair(&member.period, figures.period)}) {
    if (value->state != member.state) continue;
    member.reason += (member.reason.empty() ? "" : ", ") + at.text();
  }
  member.reason += " " + in_words(member.state, figures);
  return member;
}

void add(FederationProgress& federation, const MemberProgress& member, const Margin& margin) {
  ++federation.regions;
  if (member.state != ProgressState::known) return;
  ++federation.known;
  federation.baseline += *member.baseline.value;
  federation.period += *member.period.value;
  federation.max_error += margin.error;
  federation.baseline_provisional |= member.baseline.provisional;
  federation.period_provisional |= member.period.provisional;
}

Result<MemberFigures> read(const Reader& shared, const std::string& member,
                           const Figures& figures) {
  MemberFigures out;
  TRY(out.log, read_member_log(shared, member, [&](const Figure& figure) {
        out.ever = out.ever || figure.indicator == figures.asked.indicator->code;
        return figures.asked.holds(figure) || (figures.other && figures.other->holds(figure)) ||
               (figures.place && figures.place->holds(figure));
      }));
  return out;
}

Result<Figures> figures_of(const Catalogue& catalogue, const Plan* plan,
                           const ProgressQuestion& question) {
  TRY(const Indicator* indicator, catalogue.require(question.indicator));
  auto baseline = question.baseline, period = question.period;
  if (indicator->progress) {
    if (!baseline) baseline = indicator->progress->baseline;
    if (!period) period = indicator->progress->period;
  }
  if (!baseline || !period) {
    return fail(Errc::invalid_input,
                indicator->code + ": the catalogue names no periods; give --baseline and --period");
  }
  if (baseline->kind() != period->kind() || *period <= *baseline) {
    return fail(Errc::invalid_input, "--baseline " + baseline->text() + " --period " +
                                         period->text() +
                                         ": two of one kind expected, the baseline first");
  }
  TRY(Margin asked, require_margin(catalogue, plan, *indicator, period->kind(), {}));
  Figures figures{std::move(asked), {}, {}, *baseline, *period};
  const auto margin = [&](std::string_view code, PeriodKind kind, std::vector<std::string> by) {
    const Indicator* found = catalogue.find(code);
    return found ? find_margin(catalogue, plan, *found, kind, std::move(by)) : std::nullopt;
  };
  figures.other =
      margin(indicator->code == kHeadlineAll ? kHeadlineSme : kHeadlineAll, period->kind(), {});
  figures.place = margin(kHeadlineAll, PeriodKind::window, {std::string(name(Attribute::place))});
  return figures;
}

}  // namespace

std::string_view name(ProgressState state) {
  switch (state) {
    case ProgressState::not_computable:
      return "not_computable";
    case ProgressState::not_heard_of:
      return "not_heard_of";
    case ProgressState::not_released:
      return "not_released";
    case ProgressState::withheld:
      return "withheld";
    case ProgressState::not_comparable:
      return "not_comparable";
    case ProgressState::known:
      return "known";
  }
  return {};
}

Result<Progress> progress(const Reader& shared, const Membership& membership,
                          const Catalogue& catalogue, const ProgressQuestion& question,
                          const std::string& self, std::int64_t now, const Plan* plan) {
  TRY(const Figures figures, figures_of(catalogue, plan, question));
  TRY(const auto members, members_asked(membership, question.regions));
  const Indicator& indicator = *figures.asked.indicator;
  Progress out{indicator.code,
               indicator.title,
               catalogue.definition(indicator),
               indicator.unit,
               indicator.decimals,
               figures.asked.method,
               figures.asked.error,
               figures.baseline,
               figures.period,
               indicator.progress ? indicator.progress->target_percent : 0,
               members_of(membership),
               {},
               {},
               {}};
  for (const std::string& member : members) {
    TRY(const MemberFigures of_member, read(shared, member, figures));
    TRY(out.coverage.emplace_back(), coverage_of(shared, member, of_member.log, self, now));
    out.members.push_back(progress_of(member, of_member, figures, catalogue));
    add(out.federation, out.members.back(), figures.asked);
  }
  if (out.federation.known > 0) {
    out.federation.change = change_of(indicator, out.federation.baseline, out.federation.period,
                                      out.federation.max_error);
  }
  return out;
}

}  // namespace regions
