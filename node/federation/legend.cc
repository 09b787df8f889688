#include "node/federation/legend.h"

#include "node/federation/text_parts.h"

namespace regions {
namespace {

// The sums of some members must not pass for the federation's.
std::string chosen_line(const Answer& answer) {
  if (!answer.is_chosen()) return {};
  const std::size_t chosen = answer.coverage.size();
  return "chosen: sum of " + std::to_string(chosen) + " chosen region" + (chosen == 1 ? "" : "s") +
         ", not of the federation's " + std::to_string(answer.members) + " members\n";
}

std::string error_lines(const Answer& answer) {
  if (answer.error == 0) return {};
  return "~ about, >~ at least about: a region's value " +
         error_in_words(answer.method, answer.error, answer.decimals) +
         ",\na sum is off by up to its max error: values do not add up exactly\n";
}

// Of exact values too: one enterprise counts in each part that it has to do with.
std::string overlap_lines(const Answer& answer) {
  std::string out;
  for (const DimensionDef& dimension : answer.combines) {
    if (dimension.combines == Combines::additive) continue;
    out += dimension.id + " overlaps: an enterprise " +
           (period_kind(dimension.id) ? "active in two of them counts in both"
                                      : "can stand in several") +
           "; never add them\n";
  }
  return out;
}

}  // namespace

std::string legend(const Answer& answer) {
  return "c withheld, . not released, ? not heard of, - known nowhere, >= at least\n"
         "p, cp provisional: released before the period had ended\n"
         "complete: a region's whole log is here; what its tier or records cannot give stays "
         "'.'\n" +
         chosen_line(answer) + overlap_lines(answer) + error_lines(answer);
}

}  // namespace regions
