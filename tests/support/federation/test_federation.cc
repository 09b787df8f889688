#include "tests/support/federation/test_federation.h"

#include <algorithm>

#include "policies/catalogue/tables.h"
#include "protocol/crypto/sha256.h"
#include "protocol/log/checkpoint.h"
#include "tests/protocol/statement/sample_statements.h"

namespace regions {
namespace {

void commit(Store& store, const Batch& batch) { CHECK(store.commit(batch)); }

// A long-poll that an honest peer would leave open.
bool is_no_news(const PeerRequest& request, const Result<PeerReply>& reply) {
  const auto held = PeerService::long_poll_size({request.method, request.target, request.body});
  if (!held || !reply || reply->status != 200) return false;
  const auto note = parse_note(reply->body);
  const auto checkpoint =
      note ? parse_checkpoint_text(note->text) : Result<Checkpoint>(note.error());
  return checkpoint && checkpoint->size == *held;
}

}  // namespace

std::shared_ptr<const Plan> shared_default_plan() {
  static const auto plan = std::make_shared<const Plan>(
      parse_plan("default.toml", default_plan_toml(), Catalogue::builtin()).value());
  return plan;
}

std::vector<Cell> cells_of(const std::vector<std::string>& by, std::optional<std::int64_t> value) {
  std::vector<Cell> cells = {{{}, value, value ? ObsStatus::A : ObsStatus::Q}};
  for (const std::string& id : by) {
    std::vector<Cell> wider;
    for (const Cell& cell : cells) {
      for (const Category& category : Catalogue::builtin().dimension(id)->categories()) {
        wider.push_back(cell);
        wider.back().categories.push_back(category.code);
      }
    }
    cells = std::move(wider);
  }
  std::sort(cells.begin(), cells.end(),
            [](const Cell& a, const Cell& b) { return a.categories < b.categories; });
  return cells;
}

TestFederation::TestFederation(std::vector<std::string> ids,
                               std::map<std::string, std::string> endpoints)
    : TestFederation([&] {
        Founding made(std::move(ids));
        made.endpoints = std::move(endpoints);
        Roster& roster = made.roster;
        for (std::size_t i = 0; roster.members.size() > kBoardMax && i < kBoardMax; ++i) {
          roster.board.push_back(roster.members[i].id);
          roster.threshold = kBoardMax / 2 + 1;
        }
        return made;
      }()) {}

TestFederation::TestFederation(Founding changed) : founding(std::move(changed)) {
  MemoryStore store;
  install(store);
  membership_ = Membership::load(store).value();
  acceptor_ = std::make_shared<const Acceptor>(membership_, Catalogue::builtin());
}

void TestFederation::install(Store& shared, const std::string& without) const {
  std::vector<std::string> members;
  for (const auto& [id, keys] : founding.keys) {
    if (id != without) members.push_back(id);
  }
  install_of(shared, members);
}

void TestFederation::install_of(Store& shared, const std::vector<std::string>& members) const {
  Batch batch;
  CHECK(Membership::install_roster(shared, encode_envelope(founding.signed_by_all()), batch));
  // As Membership::install_keyset() would, which verifies each once more.
  for (const std::string& id : members) {
    Bytes key = "keyset/" + id + '\0';
    append_u32(key, 1);
    batch.put(Area::documents, key, encode_envelope(founding.signed_key_set(id)));
  }
  commit(shared, batch);
}

TestLog::TestLog(const TestFederation& federation, Store& store, std::string member, bool adopts)
    : federation_(federation), store_(store), member_(std::move(member)) {
  write({}, {});
  if (!adopts) return;
  append(KeysetAdopted{header(), 1, federation_.membership()->keyset(member_)->digest()});
  append(RosterAdopted{header(), 1, federation_.membership()->roster().digest()});
}

Header TestLog::header() const {
  Header header;
  header.federation = federation_.membership()->roster().federation();
  header.author = member_;
  header.sequence = size_;
  header.issued_at = kFoundingTime + 60 * size_;
  header.audience.kind = AudienceKind::federation;
  header.blind = sha256(member_ + std::to_string(size_));
  return header;
}

Release TestLog::release(const std::string& period, std::optional<std::int64_t> value,
                         const std::string& indicator) const {
  Release release = sample_release();
  release.header = header();
  release.indicator = indicator;
  release.definition = Catalogue::builtin().definition(*Catalogue::builtin().find(indicator));
  release.period = period;
  release.cells = {{{}, value, value ? ObsStatus::A : ObsStatus::Q}};
  return release;
}

Release TestLog::table(const std::string& id, const std::string& period,
                       std::vector<std::string> by, std::optional<std::int64_t> value,
                       const std::string& indicator) const {
  Release made = release(period, value, indicator);
  made.table = id;
  made.cells = cells_of(by, value);
  made.dimensions = std::move(by);
  const bool amount = Catalogue::builtin().find(indicator)->is_amount();
  made.claim.method = amount ? kMethodRounded : kMethodCellKey;
  return made;
}

Withdrawal TestLog::withdrawal(const Digest& release) const {
  return {header(), release, WithdrawalReason::error_in_records};
}

Digest TestLog::append(const Statement& statement) {
  return append(statement, federation_.key(member_, Role::statement));
}

Digest TestLog::append(const Statement& statement, const PrivateKey& signer) {
  const UnverifiedEnvelope envelope = envelope_of(statement, signer);
  const Digest id = statement_id(envelope.payload_type, envelope.payload);
  return append(envelope, entry_of(statement, id));
}

Digest TestLog::append(const UnverifiedEnvelope& envelope, Entry entry) {
  entry.statement = statement_id(envelope.payload_type, envelope.payload);
  Batch batch;
  batch.put(Area::envelopes, entry.statement.view(), encode_envelope(envelope));
  write({encode(entry)}, std::move(batch));
  return entry.statement;
}

void TestLog::append_raw(const std::vector<Bytes>& entries) { write(entries, {}); }

void TestLog::append_unknown(std::size_t count) {
  std::vector<Bytes> entries;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t index = size_ + i;
    Entry entry{EntryKind::release, AudienceKind::federation, index, kFoundingTime,
                sha256(std::to_string(index))};
    entries.push_back(encode(entry));
    entries.back()[1] = 99;
  }
  write(entries, {});
}

void TestLog::append_withdrawals(std::size_t count) {
  const PrivateKey key = federation_.key(member_, Role::statement);
  std::vector<Bytes> entries;
  Batch batch;
  Withdrawal statement = withdrawal(digest_of_byte(0x4e));
  for (std::size_t i = 0; i < count; ++i, ++statement.header.sequence) {
    statement.header.blind = sha256(member_ + std::to_string(statement.header.sequence));
    const UnverifiedEnvelope envelope = envelope_of(statement, key);
    const Digest id = statement_id(envelope.payload_type, envelope.payload);
    entries.push_back(encode(entry_of(statement, id)));
    batch.put(Area::envelopes, id.view(), encode_envelope(envelope));
  }
  write(entries, std::move(batch));
}

void TestLog::write(const std::vector<Bytes>& entries, Batch batch) {
  auto appender = LogAppender::start(LogStore(store_, member_), size_).value();
  for (const Bytes& entry : entries) appender.add(entry, batch);
  size_ = appender.size();
  appender.finish(sign_checkpoint({federation_.origin(member_), size_, appender.root()},
                                  federation_.key(member_, Role::log)),
                  batch);
  commit(store_, batch);
}

LogHead TestLog::head() const { return LogStore(store_, member_).head().value().value(); }

std::vector<std::string> ExportedMap::list() const {
  std::vector<std::string> paths;
  for (const auto& [path, bytes] : files) paths.push_back(path);
  return paths;
}

Result<Bytes> ExportedMap::read(const std::string& path, std::size_t bytes_max) const {
  const auto at = files.find(path);
  if (at == files.end()) return fail(Errc::io, "gone");
  if (at->second.size() > bytes_max) return fail(Errc::too_large, "too long");
  return at->second;
}

ExportSink ExportedMap::sink() {
  return [this](const std::string& path, ByteView bytes) -> Result<void> {
    if (!files.emplace(path, Bytes(bytes)).second) return fail(Errc::conflict, path + ": twice");
    return {};
  };
}

std::string verdict_on(const Reader& shared, const TestFederation& federation,
                       const std::string& member) {
  ExportedMap exported;
  const auto written = export_log(shared, *federation.membership(), member, exported.sink());
  if (!written) return written.error().text();
  const Report report = verify_export(exported, federation.anchor());
  std::string verdict(name(report.verdict));
  for (const std::string& reason : report.reasons) verdict += "; " + reason;
  return verdict;
}

Peer honest(const PeerService& service, std::string caller) {
  return [&service, caller = std::move(caller)](const PeerRequest& request) -> Result<PeerReply> {
    PeerAnswer answer = service.answer(caller, {request.method, request.target, request.body});
    CHECK(answer.status != 200 || answer.body.size() <= request.answer_bytes_max);
    return PeerReply{answer.status, std::move(answer.body)};
  };
}

int drive(Follower& follower, FakeClock& clock, const Peer& peer, int steps) {
  for (int asked = 0, paused = 0; asked < steps && paused <= steps;) {
    auto step = follower.next();
    if (const auto* pause = std::get_if<Pause>(&step)) {
      CHECK(pause->milliseconds > 0);
      clock.advance(pause->milliseconds / 1000 + 1);
      ++paused;
      continue;
    }
    const auto& request = std::get<PeerRequest>(step);
    auto reply = peer(request);
    if (is_no_news(request, reply)) return asked;
    ++asked;
    follower.answer(std::move(reply));
  }
  return steps;
}

}  // namespace regions
