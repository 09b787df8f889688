// Reads one indicator from its TOML document.
#pragma once

#include <functional>

#include "policies/catalogue/indicator.h"

namespace regions {

// Format regions4.indicator/1. `lists` gives the code list of an attribute. Errors are
// invalid_input and name file, key and remedy.
Result<Indicator> read_indicator(const TomlTable& top,
                                 const std::function<const CodeList&(Attribute)>& lists);

}  // namespace regions
