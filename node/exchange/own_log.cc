#include "node/exchange/own_log.h"

#include "node/base/limits.h"
#include "node/log/log_store.h"

namespace regions {
namespace {

struct Judged {
  std::uint64_t count = 0;
  FirstReleases firsts;
};

Result<Judged> judged_so_far(const Store& shared, const std::string& member) {
  Judged judged;
  TRY_VOID(for_each_row(shared, member, 0, [&](std::uint64_t index, const StatementRow& row) {
    judged.count = index + 1;
    if (const auto about = decode_about(row.about)) judged.firsts.take({index, row.id}, *about);
    return true;
  }));
  return judged;
}

}  // namespace

Result<void> judge_own_log(Store& shared, const Acceptor& acceptor, const std::string& member) {
  const LogStore log(shared, member);
  TRY(Judged judged, judged_so_far(shared, member));
  std::uint64_t& index = judged.count;
  for (;;) {
    TRY(const auto entries, log.entries(index, kTileWidth));
    if (entries.empty()) return {};
    Batch batch;
    for (const Bytes& entry : entries) {
      TRY(const Digest id,
          Digest::from_bytes(ByteView(entry).substr(kEntryBytes - kHashBytes), "entry"));
      TRY(const auto envelope, shared.get(Area::envelopes, id.view()));
      if (!envelope) return fail(Errc::corrupt, "own log: envelope " + id.hex() + " is missing");
      Judgement judgement = acceptor.judge(member, index, entry, *envelope);
      if (judgement.about && judged.firsts.repeats(index, *judgement.about)) {
        judgement = invalid(std::string(kRepeats));
      }
      if (judgement.about) judged.firsts.take({index, id}, *judgement.about);
      put_statement_row(batch, member, index, row_of(judgement, id));
      ++index;
    }
    TRY_VOID(shared.commit(batch));
  }
}

}  // namespace regions
