#include "node/exchange/judge_again.h"

#include "node/exchange/order.h"
#include "node/log/log_store.h"

namespace regions {
namespace {

struct Again {
  std::uint64_t index;
  StatementRow row;
};

// The next of them from `from` on, at most a tile full.
Result<std::vector<Again>> not_understood_from(const Store& shared, const std::string& member,
                                               std::uint64_t from) {
  std::vector<Again> out;
  TRY_VOID(for_each_row(shared, member, from, [&](std::uint64_t index, const StatementRow& row) {
    if (row.state == StatementState::not_understood) out.push_back({index, row});
    return out.size() < kTileWidth;
  }));
  return out;
}

// An entry that says more to this build is pending: its payload is asked for.
Result<Judgement> judge_row(const Store& shared, const Acceptor& acceptor,
                            const std::string& member, const Again& again) {
  TRY(const Bytes entry, LogStore(shared, member).entry(again.index));
  TRY(const auto envelope, shared.get(Area::envelopes, again.row.id.view()));
  if (!envelope) return acceptor.judge_entry(entry);
  return acceptor.judge(member, again.index, entry, *envelope);
}

}  // namespace

Result<void> judge_again(Store& shared, const Acceptor& acceptor, const std::string& member) {
  std::optional<FirstReleases> firsts;
  for (std::uint64_t from = 0;;) {
    TRY(const auto rows, not_understood_from(shared, member, from));
    if (rows.empty()) return {};
    if (!firsts) {
      TRY(firsts, first_releases(shared, member));
    }
    from = rows.back().index + 1;
    Batch batch;
    for (const Again& again : rows) {
      TRY(Judgement judgement, judge_row(shared, acceptor, member, again));
      if (judgement.state == StatementState::not_understood) continue;
      judge_order(*firsts, member, {again.index, again.row.id}, judgement, batch);
      put_statement_row(batch, member, again.index, row_of(judgement, again.row.id));
    }
    if (!batch.empty()) TRY_VOID(shared.commit(batch));
  }
}

}  // namespace regions
