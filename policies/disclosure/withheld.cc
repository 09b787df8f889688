#include "policies/disclosure/withheld.h"

namespace regions {

std::string_view in_words(Withheld reason) {
  switch (reason) {
    case Withheld::minimum:
      return "below the minimum";
    case Withheld::close:
      return "ENT-COOP and SME-COOP differ by less than the minimum";
    case Withheld::few_holdings:
      return "fewer holdings than the minimum";
    case Withheld::p_percent:
      return "the second largest holding could tell the largest to within p per cent";
    case Withheld::dominance:
      return "the two largest holdings hold more than k per cent";
    case Withheld::too_large:
      return "more than a release can hold";
    case Withheld::observer:
      return "somebody who knows a part of it would come too near to the rest";
    case Withheld::others:
      return "safe, but another figure could be told from it";
    case Withheld::earlier:
      return "withheld when it was decided";
  }
  return {};
}

}  // namespace regions
