#include "policies/disclosure/task/protect.h"

#include <algorithm>

#include "policies/disclosure/task/singletons.h"

namespace regions {
namespace {

// All that one unit contributes, whatever will be withheld.
Observer observer_of(const BuiltTable& built, std::uint32_t id) {
  Observer observer{id, {}};
  const auto& cells = built.table.cells();
  for (CellId cell = 0; cell < cells.size(); ++cell) {
    const Contributions& who = cells[cell].who;
    if (!who.complete()) continue;
    for (const Contribution& one : who.units()) {
      if (one.unit + 1 != id) continue;
      observer.shares.push_back({cell, one.amount, who.units().size() == 1});
    }
  }
  return observer;
}

// One attack of everybody on one pattern.
class Gate {
 public:
  Gate(const DisclosureSpec& spec, const BuiltTable& built, Convention convention,
       const SingletonMethod& method, const Assembly& assembly, Work& work)
      : spec_(spec),
        built_(built),
        convention_(convention),
        method_(method),
        assembly_(assembly),
        work_(work) {}

  // Guards beyond those of single cells against the outsider, where the pattern breaks them.
  Result<Insiders> broken(const Pattern& withheld) {
    Insiders all;
    all.observers.resize(1);
    if (convention_ != Convention::full) {
      if (method_.none()) return all;
      all = find_singletons(method_, spec_, built_, assembly_, withheld);
      TRY_VOID(keep_broken(withheld, all));
      return all;
    }
    TRY(all.guards, find_told_sums(spec_, built_, assembly_, withheld));
    TRY_VOID(keep_broken(withheld, all));
    if (!spec_.observers || built_.units.empty()) return all;
    Insiders insiders = find_insiders(spec_, built_, assembly_, withheld);
    TRY_VOID(keep_broken(withheld, insiders));
    all.owners_only = insiders.owners_only;
    for (Guard& guard : insiders.guards) {
      guard.observer += 1;
      all.guards.push_back(std::move(guard));
    }
    std::move(insiders.observers.begin(), insiders.observers.end(),
              std::back_inserter(all.observers));
    return all;
  }

  Result<CellReport> report(const Pattern& withheld) {
    CellReport made;
    const SuppressionProblem& problem = assembly_.problem;
    TRY(made.intervals,
        find_intervals(assembly_.system, withheld, problem.observers.front(), work_));
    TRY_VOID(add_findings(withheld, problem.observers, problem.guards, made));
    TRY(const Insiders more, broken(withheld));
    TRY_VOID(add_findings(withheld, more.observers, more.guards, made));
    add_disclosed(withheld, made);
    return made;
  }

 private:
  Result<void> keep_broken(const Pattern& withheld, Insiders& found) {
    TRY(const auto breaches,
        find_breaches(assembly_.system, withheld, found.observers, found.guards, work_));
    std::vector<Guard> kept;
    for (const Breach& breach : breaches) kept.push_back(std::move(found.guards[breach.guard]));
    found.guards = std::move(kept);
    return {};
  }

  Result<void> add_findings(const Pattern& withheld, const std::vector<Observer>& observers,
                            const std::vector<Guard>& guards, CellReport& made) {
    TRY(const auto breaches, find_breaches(assembly_.system, withheld, observers, guards, work_));
    for (const Breach& breach : breaches) {
      const Guard& guard = guards[breach.guard];
      const std::uint32_t id = observers[guard.observer].id;
      made.findings.push_back({guard.cells.front(), guard.cells.size(), observer_name(built_, id),
                               guard.level, breach.below, breach.above});
    }
    return {};
  }

  // Sensitive cells that anybody knows exactly: published, released earlier, or computable.
  void add_disclosed(const Pattern& withheld, CellReport& made) const {
    for (CellId cell = 0; cell < withheld.size(); ++cell) {
      if (assembly_.states[cell].verdict && !withheld[cell]) made.disclosed.push_back(cell);
    }
    for (const CellInterval& interval : made.intervals) {
      const bool exact = interval.exact() && !interval.open_above && !interval.open_below;
      if (exact && assembly_.states[interval.cell].verdict) {
        made.disclosed.push_back(interval.cell);
      }
    }
    std::sort(made.disclosed.begin(), made.disclosed.end());
  }

  const DisclosureSpec& spec_;
  const BuiltTable& built_;
  Convention convention_;
  const SingletonMethod& method_;
  const Assembly& assembly_;
  Work& work_;
};

// Cells beside the first of a guard, in the sums that it is in, that may not be withheld.
std::vector<CellId> published_beside(const Assembly& assembly, const Guard& guard) {
  std::vector<CellId> found;
  for (const Equation& equation : assembly.system.equations) {
    const bool here = std::any_of(equation.begin(), equation.end(), [&](const EquationTerm& term) {
      return term.cell == guard.cells.front();
    });
    for (const EquationTerm& term : equation) {
      const bool known = assembly.problem.role[term.cell] == CellRole::published;
      if (here && known && assembly.system.value[term.cell] != 0) found.push_back(term.cell);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// The neighbourhood of what cannot be protected, and what to try.
std::string around(const BuiltTable& built, const Assembly& assembly, const Guard& guard) {
  constexpr std::size_t kNamedMax = 3;
  const std::vector<CellId> beside = published_beside(assembly, guard);
  if (beside.empty()) return "publish coarser codes around it";
  std::string text = "publish coarser codes around it, or free what must be published beside it: ";
  for (std::size_t at = 0; at < std::min(kNamedMax, beside.size()); ++at) {
    text += (at > 0 ? "; " : "") + built.table.name(beside[at]);
  }
  if (beside.size() > kNamedMax) {
    text += " and " + std::to_string(beside.size() - kNamedMax) + " more";
  }
  return text;
}

Error refusal(const DisclosureSpec& spec, const BuiltTable& built, const Assembly& assembly,
              const Guard& guard) {
  std::string why =
      spec.file + ": nothing may leave: cell " + built.table.name(guard.cells.front()) +
      (guard.cells.size() > 1 ? " and others together" : "") +
      " cannot be protected whatever else is withheld; " + around(built, assembly, guard);
  if (!spec.priors.empty()) why += "; if earlier releases tell it, add it to one of the priors";
  if (spec.bounds_parts > 0) why += "; or do without bounds, which tell it this nearly";
  return fail(Errc::refused, why);
}

// What was given up, with the place where the work was.
Error given_up(const Error& error, const DisclosureSpec& spec, const BuiltTable& built,
               const Work& work) {
  const bool is_limit = error.code == Errc::too_large || error.code == Errc::timed_out;
  if (!is_limit || error.context.starts_with(spec.file)) return error;
  if (!work.at) return error.in(spec.file);
  return error.in(spec.file + ": nothing may leave: around cell " + built.table.name(*work.at));
}

// Asks for what the gate found missing, from now on.
void add_guards(const BuiltTable& built, Convention convention, Insiders found, Protected& done) {
  SuppressionProblem& problem = done.assembly->problem;
  for (Guard& guard : found.guards) {
    const Observer& observer = found.observers[guard.observer];
    const std::uint32_t id = observer.id;
    (id == 0 ? done.told_sums : done.insiders) += 1;
    auto& observers = problem.observers;
    auto known = std::find_if(observers.begin(), observers.end(),
                              [&](const Observer& one) { return one.id == id; });
    if (known == observers.end()) {
      const bool full = convention == Convention::full;
      known = observers.insert(known, full ? observer_of(built, id) : observer);
    }
    guard.observer = static_cast<std::uint32_t>(known - observers.begin());
    // Suppression keeps one side or the other: below first, where there is room.
    if (guard.level == Level{0, 0, 1}) guard.level = {1, 0, 1};
    problem.guards.push_back(std::move(guard));
  }
}

// Whether a guard that cannot be kept below may be kept above as well: now it is to be.
bool turned(Guard& guard) {
  if (guard.level != Level{1, 0, 1}) return false;
  guard.level = {0, 1, 1};
  return true;
}

Result<Protected> protect_in(const DisclosureSpec& spec, const BuiltTable& built,
                             Convention convention, std::string_view seed, Work& work) {
  Protected done;
  TRY(const SingletonMethod method, singleton_method(spec, convention));
  done.assembly = assemble(spec, built, convention, seed, method);
  Gate gate(spec, built, convention, method, *done.assembly, work);
  // Every round adds guards that the pattern before broke; most tables need one or two. Those of
  // other tools are about exact disclosure alone, and cheap.
  const int rounds_max = convention == Convention::full ? 12 : 60;
  for (int round = 0; round < rounds_max; ++round) {
    TRY(auto outcome, suppress(done.assembly->problem, SuppressionLimits(), work));
    if (outcome.impossible) {
      if (turned(done.assembly->problem.guards[*outcome.impossible])) continue;
      return refusal(spec, built, *done.assembly,
                     done.assembly->problem.guards[*outcome.impossible]);
    }
    done.suppression = std::move(outcome.best);
    TRY(Insiders missing, gate.broken(done.suppression.withheld));
    done.owners_only = done.owners_only || missing.owners_only;
    if (!missing.guards.empty()) {
      add_guards(built, convention, std::move(missing), done);
      done.assembly->problem.before = done.suppression.withheld;
      continue;
    }
    // The last gate: whatever made the pattern, this is what the attack says of it.
    TRY(done.report, gate.report(done.suppression.withheld));
    done.suppression.programs = work.programs;
    if (done.report.findings.empty()) return done;
    return fail(Errc::refused, spec.file + ": nothing may leave: cell " +
                                   built.table.name(done.report.findings.front().cell) +
                                   " is not safe in the pattern found");
  }
  return fail(Errc::timed_out, spec.file + ": after " + std::to_string(rounds_max) +
                                   " rounds contributors still come too near; "
                                   "publish fewer or coarser tables");
}

}  // namespace

Result<Protected> protect(const DisclosureSpec& spec, const BuiltTable& built,
                          Convention convention, std::string_view seed,
                          const WorkListener& listener) {
  Work work;
  work.listener = listener;
  auto made = protect_in(spec, built, convention, seed, work);
  if (!made) return given_up(made.error(), spec, built, work);
  return made;
}

Result<Attacked> attack(const DisclosureSpec& spec, const BuiltTable& built, Convention convention,
                        const WorkListener& listener) {
  if (!spec.pattern) {
    return fail(Errc::invalid_input,
                spec.file + ": pattern: missing; an attack needs [pattern] column and withheld");
  }
  Attacked done;
  Work work;
  work.listener = listener;
  TRY(const SingletonMethod method, singleton_method(spec, convention));
  done.assembly = assemble(spec, built, convention, "", method);
  done.withheld.assign(built.wishes.size(), 0);
  for (CellId cell = 0; cell < built.wishes.size(); ++cell) {
    const Wish& wish = built.wishes[cell];
    const bool hidden = done.assembly->states[cell].hidden;
    done.withheld[cell] = (hidden || wish.withheld.value_or(false)) && !wish.released;
  }
  Gate gate(spec, built, convention, method, *done.assembly, work);
  auto report = gate.report(done.withheld);
  if (!report) return given_up(report.error(), spec, built, work);
  done.report = std::move(*report);
  done.programs = work.programs;
  return done;
}

PatternCost cost_of(const Assembly& assembly, const Pattern& withheld) {
  PatternCost cost;
  for (CellId cell = 0; cell < withheld.size(); ++cell) {
    if (!withheld[cell] || assembly.states[cell].hidden) continue;
    if (assembly.states[cell].verdict) {
      ++cost.primaries;
    } else {
      ++cost.secondaries;
      cost.worth += assembly.worth[cell];
    }
  }
  return cost;
}

}  // namespace regions
