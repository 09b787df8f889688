// What its place in the log says of a statement that was judged by itself.
#pragma once

#include "node/exchange/judgement.h"

namespace regions {

// A figure is released a second time only by naming the release before it: a verified release at
// `place` that repeats an earlier one becomes invalid. One that was logged later and obtained
// before becomes so in `batch`, and is returned. `firsts` are those of the member's log and take
// this one.
std::optional<FirstReleases::Place> judge_order(FirstReleases& firsts, std::string_view member,
                                                const FirstReleases::Place& place,
                                                Judgement& judgement, Batch& batch);

// The first releases among the rows of a log.
Result<FirstReleases> first_releases(const Reader& shared, std::string_view member);

}  // namespace regions
