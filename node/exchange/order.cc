#include "node/exchange/order.h"

namespace regions {

std::optional<FirstReleases::Place> judge_order(FirstReleases& firsts, std::string_view member,
                                                const FirstReleases::Place& place,
                                                Judgement& judgement, Batch& batch) {
  if (!judgement.about) return std::nullopt;
  if (firsts.repeats(place.index, *judgement.about)) {
    judgement = invalid(std::string(kRepeats));
    return std::nullopt;
  }
  auto later = firsts.take(place, *judgement.about);
  if (later) {
    put_statement_row(batch, member, later->index,
                      {StatementState::invalid, later->id, std::string(kRepeats)});
  }
  return later;
}

Result<FirstReleases> first_releases(const Reader& shared, std::string_view member) {
  FirstReleases firsts;
  TRY_VOID(for_each_row(shared, member, 0, [&](std::uint64_t index, const StatementRow& row) {
    if (const auto about = decode_about(row.about)) firsts.take({index, row.id}, *about);
    return true;
  }));
  return firsts;
}

}  // namespace regions
