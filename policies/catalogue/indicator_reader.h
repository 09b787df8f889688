// Reads one indicator from its TOML document.
#pragma once

#include "policies/catalogue/indicator.h"

namespace regions {

// Format regions4.indicator/1. `catalogue` has its code lists and dimensions. Errors are
// invalid_input and name file, key and remedy.
Result<Indicator> read_indicator(const TomlTable& top, const Catalogue& catalogue);

}  // namespace regions
