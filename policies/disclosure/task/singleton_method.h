// The singleton options of other tools, for comparison with them alone: what `singletons` of a
// specification, or --singletons, says under a convention. Names are the tools' own.
//
// Pure. `full` has none: there every contributor attacks with what it knows.
#pragma once

#include "policies/disclosure/task/spec.h"

namespace regions {

struct SingletonMethod {
  // Two unsafe cells alone in a line below a published total: their sum must stay uncertain too,
  // where both have one contributor, where one has, or where both together are below the minimum.
  bool two_singles = false, single_and_other = false, below_minimum = false;
  // All withheld parts of a line together: at least so many contributors.
  std::int64_t threshold = 0;
  // Nobody believes a singleton of a table of counts (0, or 1 where zeros are published) to be
  // less: sums of singletons that are published tell each of them.
  bool any_sum = false;
  // The same of cells that are withheld without being unsafe.
  bool with_secondary = false;
  // The sum of the singletons below every cell that is published must stay uncertain.
  bool group_sums = false;
  // The sum of the unsafe cells below a cell that is published, where they are two and one is a
  // singleton; `by_contributor`: two contributors, or one.
  bool pair_sums = false, by_contributor = false;
  // The sum of the unsafe cells below a published one, where it and an unsafe total differ by cells
  // of one contributor.
  bool difference_sums = false;
  // Every contributor knows the cells that it is alone in.
  bool contributors = false;
  // A cell of one contributor is unsafe whatever the rules say.
  bool all_unsafe = false;

  bool none() const;
};

// invalid_input: a name that this tool does not have, with the nearest one that it has.
Result<SingletonMethod> singleton_method(const DisclosureSpec& spec, Convention convention);

}  // namespace regions
