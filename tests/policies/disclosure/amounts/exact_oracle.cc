#include "tests/policies/disclosure/amounts/exact_oracle.h"

#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <set>

namespace regions {
namespace {

using Unknowns = std::set<int>;  // columns, from 1

// All that one observer has to do with a set of columns.
struct Known {
  std::string who;
  std::vector<bool> rows;  // of the amounts, that it knows
};

class Oracle {
 public:
  Oracle(const SmallAmounts& amounts, const std::vector<const Dimension*>& dimensions,
         const std::vector<DecidedAmount>& decided, int first, int last, const OracleRules& rules)
      : amounts_(amounts),
        dimensions_(dimensions),
        decided_(decided),
        first_(first),
        last_(last),
        rules_(rules) {
    for (const Dimension* one : dimensions) columns_ *= static_cast<int>(one->categories().size());
    per_year_ = columns_;
    columns_ *= last - first + 1;
  }

  std::vector<OracleBreach> run() {
    find_figures();
    find_told();
    for (const Known& known : observers()) attack(known);
    return std::move(breaches_);
  }

 private:
  int column_of(const AmountRow& row) const {
    int at = 0;
    for (std::size_t d = 0; d < dimensions_.size(); ++d) {
      at = at * static_cast<int>(dimensions_[d]->categories().size()) +
           static_cast<int>(row.categories[d]);
    }
    return (row.year - first_) * per_year_ + at + 1;
  }

  std::vector<std::size_t> categories_of(int column) const {
    std::vector<std::size_t> of(dimensions_.size());
    int rest = (column - 1) % per_year_;
    for (std::size_t d = dimensions_.size(); d-- > 0;) {
      const int size = static_cast<int>(dimensions_[d]->categories().size());
      of[d] = static_cast<std::size_t>(rest % size);
      rest /= size;
    }
    return of;
  }

  // A code and a group that does not hold it: no row can stand there.
  bool is_possible(int column) const {
    const std::vector<std::size_t> of = categories_of(column);
    for (std::size_t fine = 0; fine < dimensions_.size(); ++fine) {
      if (dimensions_[fine]->id() != name(dimensions_[fine]->attribute())) continue;
      for (std::size_t group = 0; group < dimensions_.size(); ++group) {
        if (group == fine || dimensions_[group]->attribute() != dimensions_[fine]->attribute()) {
          continue;
        }
        const std::string& code = dimensions_[fine]->categories()[of[fine]].code;
        if (dimensions_[group]->category_of(code) != of[group]) return false;
      }
    }
    return true;
  }

  // The columns that a figure adds up.
  Unknowns columns_of(const AmountCell& cell) const {
    const Period period = Period::parse(cell.period).value();
    Unknowns all;
    for (int column = 0; column < columns_; ++column) {
      if (!period.contains(first_ + column / per_year_)) continue;
      int rest = column % per_year_;
      bool inside = true;
      for (std::size_t d = dimensions_.size(); d-- > 0;) {
        const auto& categories = dimensions_[d]->categories();
        const int category = rest % static_cast<int>(categories.size());
        rest /= static_cast<int>(categories.size());
        for (const auto& [dimension, code] : cell.categories) {
          if (dimension == dimensions_[d]->id()) {
            inside = inside && categories[static_cast<std::size_t>(category)].code == code;
          }
        }
      }
      if (inside && is_possible(column + 1)) all.insert(column + 1);
    }
    return all;
  }

  // All figures, and differences of published ones of which one holds the other.
  void find_figures() {
    std::vector<std::pair<std::string, Unknowns>> published;
    for (const DecidedAmount& one : decided_) {
      Unknowns columns = columns_of(one.cell);
      if (one.value) published.push_back({text_of(one.cell), columns});
      figures_.push_back({text_of(one.cell), std::move(columns)});
    }
    for (const auto& [name, whole] : published) {
      equations_.push_back(whole);
      Unknowns left = whole;
      for (const auto& [other, part] : published) {
        if (part.size() >= whole.size() ||
            !std::includes(whole.begin(), whole.end(), part.begin(), part.end())) {
          continue;
        }
        Unknowns rest;
        std::set_difference(whole.begin(), whole.end(), part.begin(), part.end(),
                            std::inserter(rest, rest.end()));
        figures_.push_back({name + " less " + other, rest});
        // And less all of them that are apart from each other.
        if (std::includes(left.begin(), left.end(), part.begin(), part.end())) {
          for (const int column : part) left.erase(column);
        }
      }
      if (left.size() < whole.size() && !left.empty()) {
        figures_.push_back({name + " less all its parts", left});
      }
    }
  }

  // Published, and of fewer holdings than the minimum.
  void find_told() {
    for (const DecidedAmount& one : decided_) {
      if (!one.value) continue;
      std::vector<const AmountRow*> rows;
      const Unknowns columns = columns_of(one.cell);
      for (const AmountRow& row : amounts_.rows) {
        if (columns.contains(column_of(row))) rows.push_back(&row);
      }
      if (is_few(rows)) breaches_.push_back({text_of(one.cell), "anybody", 0, 0, 0});
    }
  }

  std::vector<Known> observers() const {
    std::vector<Known> all{{"anybody", std::vector<bool>(amounts_.rows.size())}};
    for (PartyId party = 0; party < amounts_.parties.size(); ++party) {
      Known known{amounts_.parties[party].name, {}};
      for (const AmountRow& row : amounts_.rows) {
        known.rows.push_back(row.holding == party ||
                             std::count(row.known_to.begin(), row.known_to.end(), party) > 0);
      }
      all.push_back(std::move(known));
    }
    const std::size_t alone = all.size();
    for (std::size_t a = 1; rules_.coalition > 1 && a < alone; ++a) {
      for (std::size_t b = a + 1; b < alone; ++b) {
        Known both{all[a].who + " with " + all[b].who, all[a].rows};
        for (std::size_t at = 0; at < both.rows.size(); ++at) {
          both.rows[at] = both.rows[at] || all[b].rows[at];
        }
        all.push_back(std::move(both));
      }
    }
    for (Known& known : all) {
      for (std::size_t at = 0; at < known.rows.size(); ++at) {
        known.rows[at] = known.rows[at] || amounts_.rows[at].is_public;
      }
    }
    // Who knows the same rows is asked once; anybody, who comes first, by rules of its own.
    std::set<std::vector<bool>> seen;
    std::vector<Known> each{std::move(all.front())};
    for (std::size_t at = 1; at < all.size(); ++at) {
      if (seen.insert(all[at].rows).second) each.push_back(std::move(all[at]));
    }
    return each;
  }

  // Rows that stand where the columns do, but for one dimension (none: but for all).
  std::vector<const AmountRow*> beside(const Unknowns& columns,
                                       std::optional<std::size_t> free) const {
    std::vector<const AmountRow*> all;
    for (const AmountRow& row : amounts_.rows) {
      const bool is_beside = std::any_of(columns.begin(), columns.end(), [&](int column) {
        bool same = first_ + (column - 1) / per_year_ == row.year;
        const std::vector<std::size_t> of = categories_of(column);
        for (std::size_t d = 0; free && d < of.size(); ++d) {
          same = same && (d == *free || of[d] == row.categories[d]);
        }
        return same;
      });
      if (is_beside) all.push_back(&row);
    }
    return all;
  }
  bool is_few(const std::vector<const AmountRow*>& rows) const {
    std::set<PartyId> holdings;
    for (const AmountRow* row : rows) {
      if (row->cents > 0) holdings.insert(row->holding);
    }
    return static_cast<std::int64_t>(holdings.size()) < rules_.minimum;
  }

  // That nobody is in the figure tells of nobody: many are beside it, not all in one category.
  bool is_harmless(const Unknowns& columns) const {
    const auto all = beside(columns, std::nullopt);
    if (is_few(all) || is_in(columns, all)) return false;
    for (std::size_t d = 0; d < dimensions_.size(); ++d) {
      const auto rows = beside(columns, d);
      std::set<std::uint32_t> taken;
      for (const AmountRow* row : rows) taken.insert(row->categories[d]);
      if (rows.empty()) continue;
      const bool one =
          taken.size() == 1 && dimensions_[d]->categories()[*taken.begin()].code != "_U";
      if (one || is_few(rows)) return false;
    }
    return true;
  }
  // Somebody is in the figure.
  bool is_in(const Unknowns& columns, const std::vector<const AmountRow*>& rows) const {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const AmountRow* row) { return columns.contains(column_of(*row)); });
  }

  // How far the observer must be kept away; 0: it may know. For anybody the next largest take
  // themselves off; an observer took off what it knows.
  std::int64_t level(const Unknowns& columns, const Known& known, std::int64_t& rest) const {
    std::map<PartyId, std::int64_t> remaining;
    std::set<PartyId> all;
    rest = 0;
    for (std::size_t at = 0; at < amounts_.rows.size(); ++at) {
      const AmountRow& row = amounts_.rows[at];
      if (row.cents == 0 || !columns.contains(column_of(row))) continue;
      all.insert(row.holding);
      if (known.rows[at]) continue;
      remaining[row.holding] += row.cents;
      rest += row.cents;
    }
    const bool anybody = known.who == "anybody";
    // 1,000 EUR: nobody may know a withheld figure better than a rounded one.
    constexpr std::int64_t kLeast = 1'000 * kEur;
    if (rest == 0) return anybody && all.empty() && !is_harmless(columns) ? kLeast : 0;
    std::vector<std::int64_t> sizes;
    for (const auto& [holding, cents] : remaining) sizes.push_back(cents);
    std::sort(sizes.rbegin(), sizes.rend());
    std::int64_t others = rest - sizes[0];
    for (std::size_t at = 1; anybody && at <= rules_.coalition && at < sizes.size(); ++at) {
      others -= sizes[at];
    }
    std::int64_t need = sizes[0] * rules_.p_percent - others * 100;  // in hundredths
    const std::int64_t two = sizes[0] + (sizes.size() > 1 ? sizes[1] : 0);
    if (anybody && two * 100 > rest * rules_.k_percent) {
      need = std::max(need, two * 10'000 / rules_.k_percent - rest * 100);
    }
    if (need > 0) return std::max((need + 99) / 100, kLeast);
    return anybody && static_cast<std::int64_t>(all.size()) < rules_.minimum ? kLeast : 0;
  }

  void attack(const Known& known) {
    const std::unique_ptr<glp_prob, void (*)(glp_prob*)> program(glp_create_prob(),
                                                                 glp_delete_prob);
    glp_prob* lp = program.get();
    glp_add_cols(lp, columns_);
    std::vector<std::int64_t> truth(static_cast<std::size_t>(columns_) + 1), own = truth;
    for (std::size_t at = 0; at < amounts_.rows.size(); ++at) {
      const auto column = static_cast<std::size_t>(column_of(amounts_.rows[at]));
      truth[column] += amounts_.rows[at].cents;
      if (known.rows[at]) own[column] += amounts_.rows[at].cents;
    }
    for (int column = 1; column <= columns_; ++column) {
      glp_set_col_bnds(lp, column, is_possible(column) ? GLP_LO : GLP_FX,
                       euros(own[static_cast<std::size_t>(column)]), 0);
    }
    if (!equations_.empty()) glp_add_rows(lp, static_cast<int>(equations_.size()));
    for (std::size_t at = 0; at < equations_.size(); ++at) {
      std::vector<int> index{0};
      std::int64_t sum = 0;
      for (const int column : equations_[at]) {
        index.push_back(column);
        sum += truth[static_cast<std::size_t>(column)];
      }
      const std::vector<double> ones(index.size(), 1.0);
      glp_set_mat_row(lp, static_cast<int>(at + 1), static_cast<int>(index.size() - 1),
                      index.data(), ones.data());
      glp_set_row_bnds(lp, static_cast<int>(at + 1), GLP_FX, euros(sum), 0);
    }
    for (const auto& [name, columns] : figures_) {
      std::int64_t rest = 0, value = 0;
      const std::int64_t asked = level(columns, known, rest);
      if (asked == 0) continue;
      for (const int column : columns) value += truth[static_cast<std::size_t>(column)];
      const Unknowns& of = columns;  // clang 14 captures no structured binding
      double above = 0, below = 0;
      const auto holds = [&](bool anew) {
        above = extreme(lp, of, GLP_MAX, anew) - euros(value);
        below = euros(value) - extreme(lp, of, GLP_MIN, anew);
        constexpr double kNear = 0.005;  // EUR: the solver's last digits
        return above >= euros(asked) - kNear && below >= euros(std::min(asked, rest)) - kNear;
      };
      // What the question before leaves is a fast start, and never the last word.
      if (holds(false) || holds(true)) continue;
      breaches_.push_back({name, known.who, below * kEur, above * kEur, asked});
    }
  }

  static double euros(std::int64_t cents) { return static_cast<double>(cents) / kEur; }

  // The farthest that the sum of columns goes. `anew`: by another way, forgetting earlier
  // questions.
  double extreme(glp_prob* lp, const Unknowns& columns, int way, bool anew) const {
    for (int column = 1; column <= columns_; ++column) {
      glp_set_obj_coef(lp, column, columns.contains(column) ? 1 : 0);
    }
    glp_set_obj_dir(lp, way);
    glp_smcp settings;
    glp_init_smcp(&settings);
    settings.msg_lev = GLP_MSG_OFF;
    settings.presolve = anew ? GLP_ON : GLP_OFF;
    const int failed = glp_simplex(lp, &settings);
    if (failed == GLP_ENODFS || glp_get_status(lp) == GLP_UNBND) return HUGE_VAL;
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(glp_get_status(lp), GLP_OPT);
    return glp_get_obj_val(lp);
  }

  const SmallAmounts& amounts_;
  const std::vector<const Dimension*>& dimensions_;
  const std::vector<DecidedAmount>& decided_;
  const int first_, last_;
  const OracleRules& rules_;
  int columns_ = 1, per_year_ = 1;
  std::vector<std::pair<std::string, Unknowns>> figures_;
  std::vector<Unknowns> equations_;
  std::vector<OracleBreach> breaches_;
};

}  // namespace

std::vector<OracleBreach> attack_exactly(const SmallAmounts& amounts,
                                         const std::vector<const Dimension*>& dimensions,
                                         const std::vector<DecidedAmount>& decided, int first,
                                         int last, const OracleRules& rules) {
  return Oracle(amounts, dimensions, decided, first, last, rules).run();
}

}  // namespace regions
