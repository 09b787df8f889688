#include "policies/disclosure/amounts/empty_cells.h"

#include <algorithm>
#include <optional>

#include "policies/catalogue/tables.h"

namespace regions {
namespace {

class Emptiness {
 public:
  Emptiness(const LinkedAmounts& linked, const AmountRules& rules,
            const std::vector<CellContent>& contents)
      : linked_(linked), rules_(rules), contents_(contents) {}

  bool is_harmless(const LinkedAmounts::Block& block, CellId cell) const {
    const CellContent& whole = contents_[linked_.find({}, block.years)->first];
    if (contents_[cell].anybody || rules_.is_few(whole)) return false;
    const std::vector<std::uint32_t> of = linked_.categories(cell);
    CellId stride = 1;
    for (std::size_t at = of.size(); at-- > 0;) {
      const std::size_t dimension = block.margin[at];
      const Line line{dimension, cell - of[at] * stride, stride};
      const std::vector<std::uint8_t> all(linked_.dimensions()[dimension]->categories().size(), 1);
      if (tells(line, all, total_of(block, of, at, std::nullopt))) return false;
      for (std::size_t group = 0; group < linked_.dimensions().size(); ++group) {
        if (!linked_.groups(group, dimension) || is_in(block.margin, group)) continue;
        if (tells(line, held_with(dimension, of[at], group), total_of(block, of, at, group))) {
          return false;
        }
      }
      stride *= static_cast<CellId>(all.size());
    }
    return true;
  }

 private:
  static bool is_in(const Margin& margin, std::size_t dimension) {
    return std::find(margin.begin(), margin.end(), dimension) != margin.end();
  }

  // Cells that differ in the category of one dimension.
  struct Line {
    std::size_t dimension;
    CellId first, stride;
  };

  // What the line adds up to, or the part of it that is in the same group.
  const CellContent& total_of(const LinkedAmounts::Block& block,
                              const std::vector<std::uint32_t>& of, std::size_t left_out,
                              std::optional<std::size_t> group) const {
    std::vector<std::uint32_t> categories(linked_.dimensions().size());
    Margin margin;
    for (std::size_t at = 0; at < of.size(); ++at) {
      std::size_t dimension = block.margin[at];
      std::uint32_t category = of[at];
      if (at == left_out) {
        if (!group) continue;
        category = group_of(dimension, category, *group);
        dimension = *group;
      }
      margin.push_back(dimension);
      categories[dimension] = category;
    }
    std::sort(margin.begin(), margin.end());
    const LinkedAmounts::Block* totals = linked_.find(margin, block.years);
    CHECK(totals != nullptr);  // totals over each dimension are in play, and groups of codes
    return contents_[linked_.cell_of(*totals, categories)];
  }

  std::uint32_t group_of(std::size_t list, std::uint32_t category, std::size_t group) const {
    const std::string& code = linked_.dimensions()[list]->categories()[category].code;
    return static_cast<std::uint32_t>(linked_.dimensions()[group]->category_of(code));
  }

  std::vector<std::uint8_t> held_with(std::size_t list, std::uint32_t category,
                                      std::size_t group) const {
    std::vector<std::uint8_t> held;
    for (std::uint32_t one = 0; one < linked_.dimensions()[list]->categories().size(); ++one) {
      held.push_back(group_of(list, one, group) == group_of(list, category, group));
    }
    return held;
  }

  // Those that are there are few, or stand in one category.
  bool tells(const Line& line, const std::vector<std::uint8_t>& held,
             const CellContent& total) const {
    if (!total.anybody) return false;
    const auto& categories = linked_.dimensions()[line.dimension]->categories();
    std::size_t taken = 0, last = 0;
    for (std::size_t at = 0; at < held.size(); ++at) {
      if (!held[at] || !contents_[line.first + static_cast<CellId>(at) * line.stride].anybody) {
        continue;
      }
      ++taken;
      last = at;
    }
    return rules_.is_few(total) || (taken == 1 && categories[last].code != kUnknownCategory);
  }

  const LinkedAmounts& linked_;
  const AmountRules& rules_;
  const std::vector<CellContent>& contents_;
};

}  // namespace

void mark_harmless(const LinkedAmounts& linked, const AmountRules& rules,
                   std::vector<CellContent>& contents) {
  const Emptiness emptiness(linked, rules, contents);
  for (const LinkedAmounts::Block& block : linked.blocks()) {
    for (CellId cell = block.first; cell < block.first + block.size; ++cell) {
      contents[cell].harmless = emptiness.is_harmless(block, cell);
    }
  }
}

}  // namespace regions
