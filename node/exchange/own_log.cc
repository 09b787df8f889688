#include "node/exchange/own_log.h"

#include "node/base/limits.h"
#include "node/exchange/order.h"
#include "node/log/log_store.h"

namespace regions {
namespace {

Result<std::uint64_t> rows_of(const Store& shared, const std::string& member) {
  std::uint64_t count = 0;
  TRY_VOID(for_each_row(shared, member, 0, [&](std::uint64_t index, const StatementRow&) {
    count = index + 1;
    return true;
  }));
  return count;
}

}  // namespace

Result<void> judge_own_log(Store& shared, const Acceptor& acceptor, const std::string& member) {
  const LogStore log(shared, member);
  TRY(std::uint64_t index, rows_of(shared, member));
  std::optional<FirstReleases> firsts;
  for (;;) {
    TRY(const auto entries, log.entries(index, kTileWidth));
    if (entries.empty()) return {};
    if (!firsts) {
      TRY(firsts, first_releases(shared, member));
    }
    Batch batch;
    for (const Bytes& entry : entries) {
      TRY(const Digest id,
          Digest::from_bytes(ByteView(entry).substr(kEntryBytes - kHashBytes), "entry"));
      TRY(const auto envelope, shared.get(Area::envelopes, id.view()));
      if (!envelope) return fail(Errc::corrupt, "own log: envelope " + id.hex() + " is missing");
      Judgement judgement = acceptor.judge(member, index, entry, *envelope);
      judge_order(*firsts, member, {index, id}, judgement, batch);
      put_statement_row(batch, member, index, row_of(judgement, id));
      ++index;
    }
    TRY_VOID(shared.commit(batch));
  }
}

}  // namespace regions
