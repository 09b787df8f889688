#include "policies/disclosure/safe_table.h"

#include <algorithm>

namespace regions {

std::size_t SafeTable::published() const {
  return static_cast<std::size_t>(std::count_if(
      cells_.begin(), cells_.end(), [](const Cell& cell) { return cell.value.has_value(); }));
}

}  // namespace regions
