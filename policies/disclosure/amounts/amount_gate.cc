#include "policies/disclosure/amounts/amount_gate.h"

#include <algorithm>
#include <map>

#include "policies/disclosure/suppression/told_sums.h"

namespace regions {
namespace {

// A figure that somebody might come near: a cell, or the sum of several.
struct Target {
  std::vector<CellId> cells;
  CellContent content;
  std::optional<Level> everybody;
  bool sensitive = false;
};

CellContent sum_of(const std::vector<CellContent>& contents, const std::vector<CellId>& cells) {
  CellContent sum;
  sum.harmless = true;
  std::map<PartyId, std::int64_t> by_holding;
  for (const CellId cell : cells) {
    sum.sum += contents[cell].sum;
    sum.open += contents[cell].open;
    sum.harmless = sum.harmless && contents[cell].harmless;
    for (const HoldingPart& part : contents[cell].parts) by_holding[part.holding] += part.cents;
  }
  for (const auto& [holding, cents] : by_holding) sum.parts.push_back({holding, cents});
  std::stable_sort(sum.parts.begin(), sum.parts.end(),
                   [](const auto& a, const auto& b) { return a.cents > b.cents; });
  sum.contributors = static_cast<std::int64_t>(sum.parts.size());
  return sum;
}

// What the knower has of the target; nothing where it has none of it.
std::optional<Knower::Cell> own_of(const Knower& knower, const std::vector<CellId>& cells) {
  std::optional<Knower::Cell> own;
  std::map<PartyId, std::int64_t> by_holding;
  for (const CellId cell : cells) {
    const Knower::Cell* one = knower.find(cell);
    if (one == nullptr) continue;
    if (!own) own = Knower::Cell{cell, 0, {}};
    own->own += one->own;
    for (const HoldingPart& part : one->parts) by_holding[part.holding] += part.cents;
  }
  for (const auto& [holding, cents] : by_holding) own->parts.push_back({holding, cents});
  return own;
}

const Knower::Cell* pointer(const std::optional<Knower::Cell>& own) {
  return own ? &*own : nullptr;
}

std::optional<Level> farther(const std::optional<Level>& a, const std::optional<Level>& b) {
  if (!a || !b) return a ? a : b;
  return Level{std::max(a->lower, b->lower), std::max(a->upper, b->upper), 0};
}

// What is public, and the observer's own. Whoever contributes all of a cell is taken to know that
// nobody else does; that public rows are all there is, nobody is told.
void add_share(const AmountModel& model, CellId cell, const Knower::Cell* own, Observer& to) {
  const CellContent& content = (*model.contents)[cell];
  const std::int64_t known = content.sum - content.open + (own == nullptr ? 0 : own->own);
  if (known > 0) to.shares.push_back({cell, known, own != nullptr && known == content.sum});
}

class Guarding {
 public:
  Guarding(const AmountModel& model, const Pattern& withheld,
           const std::vector<std::uint8_t>& touched)
      : model_(model), withheld_(withheld), components_(components_of(model.system, withheld)) {
    home_.assign(model.system.size(), UINT32_MAX);
    for (std::uint32_t at = 0; at < components_.size(); ++at) {
      if (!touched.empty() && !touched[at]) continue;
      for (const CellId cell : components_[at].cells) home_[cell] = at;
    }
    made_.observers.push_back(everybody(model));
  }

  Result<AmountGuards> run() {
    TRY_VOID(find_targets());
    find_classes();
    for (std::uint32_t at = 0; at < components_.size(); ++at) {
      for (const Target& target : targets_[at]) {
        if (target.everybody) add(target, *target.everybody, 0);
        if (!target.sensitive) continue;
        for (const std::size_t index : classes_[at]) add_class(target, index);
      }
    }
    // What nobody can withhold any more.
    for (CellId cell = 0; cell < withheld_.size(); ++cell) {
      if (withheld_[cell] || !model_.everybody[cell]) continue;
      made_.guards.push_back({{cell}, *model_.everybody[cell], 0});
    }
    return std::move(made_);
  }

 private:
  Result<void> find_targets() {
    targets_.resize(components_.size());
    for (CellId cell = 0; cell < withheld_.size(); ++cell) {
      if (home_[cell] == UINT32_MAX || (!model_.sensitive[cell] && !model_.everybody[cell])) {
        continue;
      }
      targets_[home_[cell]].push_back(
          {{cell}, (*model_.contents)[cell], model_.everybody[cell], model_.sensitive[cell] != 0});
    }
    TRY(const auto sums, told_sums(model_.system, withheld_));
    for (const std::vector<CellId>& cells : sums) {
      if (home_[cells.front()] == UINT32_MAX) continue;
      Target target{cells, sum_of(*model_.contents, cells), std::nullopt, false};
      target.everybody = model_.rules->against_everybody(target.content);
      // An empty sum is 0, and every part of it then.
      target.sensitive = target.everybody.has_value();
      for (std::size_t at = 0; at < model_.knowers->size() && !target.sensitive; ++at) {
        const auto own = own_of((*model_.knowers)[at], cells);
        target.sensitive = own && model_.rules->against(target.content, &*own).has_value();
      }
      if (target.sensitive) targets_[home_[cells.front()]].push_back(std::move(target));
    }
    return {};
  }

  void find_classes() {
    classes_.resize(components_.size());
    std::vector<std::map<std::vector<std::pair<CellId, std::int64_t>>, std::size_t>> seen(
        components_.size());
    for (std::size_t index = 0; index < model_.knowers->size(); ++index) {
      std::map<std::uint32_t, std::vector<std::pair<CellId, std::int64_t>>> knows;
      for (const Knower::Cell& one : (*model_.knowers)[index].cells) {
        if (home_[one.cell] != UINT32_MAX) knows[home_[one.cell]].push_back({one.cell, one.own});
      }
      for (auto& [at, shares] : knows) {
        const auto [known, is_new] = seen[at].emplace(std::move(shares), made_.classes.size());
        if (is_new) begin_class(at, index);
        made_.classes[known->second].knowers.push_back(index);
      }
    }
  }

  void begin_class(std::uint32_t component, std::size_t knower) {
    ObserverClass made;
    made.observer.id = static_cast<std::uint32_t>(made_.classes.size() + 1);
    for (const CellId cell : components_[component].cells) {
      add_share(model_, cell, (*model_.knowers)[knower].find(cell), made.observer);
    }
    classes_[component].push_back(made_.classes.size());
    made_.observers.push_back(made.observer);
    made_.classes.push_back(std::move(made));
  }

  void add_class(const Target& target, std::size_t index) {
    std::optional<Level> level;
    for (const std::size_t knower : made_.classes[index].knowers) {
      const auto own = own_of((*model_.knowers)[knower], target.cells);
      level = farther(level, model_.rules->against_insider(target.content, pointer(own)));
    }
    if (level) add(target, *level, static_cast<std::uint32_t>(index + 1));
  }

  void add(const Target& target, const Level& level, std::uint32_t observer) {
    if (level.lower > 0 || level.upper > 0) made_.guards.push_back({target.cells, level, observer});
  }

  const AmountModel& model_;
  const Pattern& withheld_;
  const std::vector<Component> components_;
  std::vector<std::uint32_t> home_;           // of a withheld cell: its component, if touched
  std::vector<std::vector<Target>> targets_;  // by component
  std::vector<std::vector<std::size_t>> classes_;
  AmountGuards made_;
};

}  // namespace

AmountModel make_model(const LinkedAmounts& linked, const std::vector<CellContent>& contents,
                       const std::vector<Knower>& knowers, const AmountRules& rules,
                       const std::vector<Level>& promised,
                       const std::vector<std::int64_t>& corrections) {
  AmountModel model{&linked, &contents, &knowers, &rules, {}, {}, {}, {}};
  model.system.equations = linked.equations();
  model.system.unbounded_least = kLevelLeast * kUnboundedFactor;
  for (const CellContent& content : contents) {
    model.system.value.push_back(content.sum);
    model.system.below.push_back(content.sum);
    model.system.above.push_back(kNoBound);
  }
  for (CellId cell = 0; cell < contents.size(); ++cell) {
    auto level = rules.against_everybody(contents[cell]);
    if (promised[cell].lower > 0 || promised[cell].upper > 0) {
      level = farther(level, promised[cell]);
    }
    if (level) level->lower = std::min(level->lower, contents[cell].open);
    model.sensitive.push_back(level.has_value());
    model.corrected.push_back(corrections[cell] != 0);
    if (corrections[cell] != 0) {
      level = rules.against_correction(corrections[cell], contents[cell].open);
      model.system.below[cell] = level->lower;
      model.system.above[cell] = level->upper;
      model.sensitive.back() = 0;
    }
    model.everybody.push_back(level);
  }
  for (const Knower& knower : knowers) {
    for (const Knower::Cell& own : knower.cells) {
      if (model.corrected[own.cell]) continue;
      if (rules.against(contents[own.cell], &own)) model.sensitive[own.cell] = 1;
    }
  }
  return model;
}

Observer everybody(const AmountModel& model) {
  Observer made;
  for (CellId cell = 0; cell < model.contents->size(); ++cell) {
    add_share(model, cell, nullptr, made);
  }
  return made;
}

Observer all_shares(const AmountModel& model, std::size_t knower) {
  Observer made;
  made.id = static_cast<std::uint32_t>(knower + 1);
  for (CellId cell = 0; cell < model.contents->size(); ++cell) {
    add_share(model, cell, (*model.knowers)[knower].find(cell), made);
  }
  return made;
}

Result<AmountGuards> guards_of(const AmountModel& model, const Pattern& withheld,
                               const std::vector<std::uint8_t>& touched) {
  return Guarding(model, withheld, touched).run();
}

}  // namespace regions
