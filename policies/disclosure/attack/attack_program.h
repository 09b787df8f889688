// The attacker's linear program over one component of withheld cells: how far the sum of some of
// them can move from the truth while everything published stays as it is. In distances from the
// true values, so that 0 is always possible.
//
// One owner, one thread; questions may be asked in any order and warm up each other.
#pragma once

#include <array>
#include <optional>

#include "policies/disclosure/attack/components.h"
#include "policies/disclosure/attack/inner_corner.h"
#include "policies/disclosure/attack/least_move.h"
#include "policies/disclosure/attack/reduction.h"

namespace regions {

class AttackProgram {
 public:
  // `system` outlives this. too_large: more than kComponentCellsMax cells.
  static Result<AttackProgram> make(const CellSystem& system, const Component& component);

  // What the observer knows from here on. Shares of cells outside the component are passed over.
  void observe(const Observer& observer);
  // A closed cell does not move, as if it were published, until it is opened again.
  void close(CellId cell);
  void open(CellId cell);

  struct Reach {
    // One per cell of the component, whole numbers where they keep every equation and bound
    // exactly; a proof that needs no trust in the solver.
    std::vector<std::int64_t> distance;
    bool proven = false;        // `distance` is such
    std::vector<double> point;  // the same in fractions, as the linear program says
    double value = 0;           // of the sum, as the linear program says
    // No point goes farther, whatever the solver answered: shown by its prices, in whole numbers.
    std::int64_t most = 0;
    bool unbounded = false;
  };
  // The farthest that the sum of `cells` goes up (or down, a negative value).
  Result<Reach> farthest(const std::vector<CellId>& cells, bool up, Work& work);
  // A whole point with a sum of at least `wanted`, where one is found: the least move that far, or
  // near the corners of small ones: no cell moves farther than that, or than a multiple; one column
  // after the other is set to a whole number, the nearest one first. Nothing where that ends
  // nowhere.
  Result<std::optional<std::vector<std::int64_t>>> whole_near(const std::vector<CellId>& cells,
                                                              bool up, std::int64_t wanted,
                                                              Work& work);
  // The same in large components by corners at a distance from all bounds (InnerCorner), which ask
  // for wider bounds and less work; so many of these.
  static constexpr std::size_t kAllCorners = 3;
  static constexpr std::size_t kQuickCorners = 1;  // while one cell after the other is closed
  Result<std::optional<std::vector<std::int64_t>>> whole_inside(const std::vector<CellId>& cells,
                                                                bool up, std::int64_t wanted,
                                                                std::size_t corners, Work& work);
  // It goes no farther than that, as can be said without a program; never negative. Whole numbers.
  std::int64_t limit(const std::vector<CellId>& cells, bool up);
  // From where on a distance stands for no bound.
  bool is_far(double distance) const { return distance >= double(far_) * 0.999; }

  // The same question where the cell of column k moves at most `below[k]` down and `above[k]` up,
  // with the prices of the rows. Any unit will do, the same for both.
  Result<Optimum> question(const std::vector<CellId>& cells, bool up,
                           const std::vector<double>& below, const std::vector<double>& above,
                           Work& work);

  // Whether `distance` keeps all equations and what the observer knows, and the sum over `cells`.
  bool keeps(const std::vector<std::int64_t>& distance) const;
  std::int64_t sum(const std::vector<std::int64_t>& distance,
                   const std::vector<CellId>& cells) const;

  // Whether no cell of the component has any bound, or cannot move that way at all: then every move
  // can be made many times over, and one in fractions becomes one in whole numbers.
  bool is_free() const { return free_; }

  const Component& component() const { return component_; }
  std::int64_t below(std::size_t column) const { return below_[column]; }
  std::int64_t above(std::size_t column) const { return above_[column]; }
  // Of a cell of the component.
  std::uint32_t column_of(CellId cell) const;
  const std::vector<LinearRow>& rows() const { return rows_; }
  // Those of them that say it all; question() prices these.
  const std::vector<LinearRow>& independent_rows();

 private:
  AttackProgram(const CellSystem& system, Component component);
  void set_known();
  void reduce();
  std::vector<std::int64_t> distance_of(const std::vector<double>& point) const;
  template <class Number>
  std::vector<Number> spread(const std::vector<Number>& moved, Number unit) const;
  std::optional<std::uint32_t> nearly_whole(const std::vector<double>& point) const;
  Result<std::optional<Optimum>> with_whole(std::uint32_t column, double value, Work& work);
  Result<std::optional<std::vector<std::int64_t>>> whole_corner(Optimum corner, Work& work);
  Result<std::optional<std::vector<std::int64_t>>> least_by(std::size_t way, const LinearRow& goal,
                                                            std::int64_t wanted, Work& work);
  Result<std::optional<std::vector<std::int64_t>>> least_whole(const LinearRow& goal,
                                                               std::int64_t wanted, Work& work);
  Result<std::optional<std::vector<std::int64_t>>> whole_of(const LinearRow& goal,
                                                            const std::vector<CellId>& cells,
                                                            bool up, std::int64_t wanted,
                                                            Work& work);
  InnerCorner& inner(std::size_t at);
  void set_bounds(std::int64_t most);
  std::int64_t shown_by(const LinearRow& goal, const std::vector<double>& price,
                        std::int64_t denominator) const;
  LinearRow goal_of(const std::vector<CellId>& cells, bool up) const;

  const CellSystem* system_;
  Component component_;
  std::vector<LinearRow> rows_;
  std::optional<std::vector<LinearRow>> independent_;  // when first asked
  Observer observer_;
  std::vector<std::uint8_t> closed_;  // by column
  std::vector<std::int64_t> below_, above_;
  std::int64_t far_ = 0;  // stands for no bound
  double scale_ = 1;
  bool free_ = false;
  // Of question(), all cells; of farthest(), what they are reduced to. Made when first asked.
  std::optional<LinearProgram> whole_, reduced_;
  std::optional<Reduction> reduction_;
  std::vector<std::int64_t> lower_, upper_;  // of the reduced columns, narrowed
  bool bounds_set_ = false;
  // Of whole_near(), over the reduced columns: one for each way to look for a least move.
  std::array<std::optional<LeastMove>, 5> least_;
  std::array<bool, 5> ways_set_{};  // have the bounds
  // Of large components, over the reduced columns too: one for each distance from the bounds.
  std::optional<WholeMoves> whole_moves_;  // as each of them begins
  std::array<std::optional<InnerCorner>, kAllCorners> inner_;
  std::array<bool, kAllCorners> inner_set_{};
};

}  // namespace regions
