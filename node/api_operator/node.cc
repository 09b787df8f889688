#include "node/api_operator/node.h"

#include "node/api_operator/release_plan.h"
#include "node/base/file.h"
#include "node/base/limits.h"
#include "node/cube/cube.h"
#include "node/publish/region_keys.h"
#include "node/storage/rocksdb_store.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

// A key set stands until the next one replaces it; five years bound a forgotten one.
constexpr std::uint64_t kKeyLifetimeSeconds = 5ULL * 365 * 24 * 3600;

Result<RuleSet> load_rules(const Home& home) {
  TRY(const Bytes text, read_secret_file(home.rules(), kConfigBytesMax));
  return parse_rule_set(home.rules().string(), text);
}

}  // namespace

Result<std::unique_ptr<Node>> Node::open(Home home, const Clock& clock, Random& random) {
  TRY(auto lock, HomeLock::take(home));
  TRY(const Bytes text, read_file(home.config(), kConfigBytesMax));
  TRY(auto config, parse_config(text, home.config().string()));
  std::unique_ptr<Node> node(new Node(std::move(home), std::move(lock), std::move(config), clock,
                                      random, Catalogue::builtin()));
  TRY(node->rules_, load_rules(node->home_));
  // A key that others can read is refused now, not when it is first needed.
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    TRY_VOID(node->home_.load_key(role));
  }
  TRY_VOID(node->open_stores());
  TRY(node->rule_set_, node->keyed_rule_set());
  TRY_VOID(node->load_region_secret());
  TRY_VOID(node->load_membership());
  return node;
}

Result<void> Node::open_stores() {
  TRY(confidential_, open_store(home_.records(), Wing::confidential, false));
  TRY(shared_, open_store(home_.shared(), Wing::shared, false));
  record_store_ = std::make_unique<RecordStore>(*confidential_);
  return {};
}

// One secret per rule-set version, drawn at first use and kept in the confidential store. Beside it
// stands the digest of the rules it was drawn for: a changed file under an old version is refused.
Result<Digest> Node::keyed_rule_set() {
  const Bytes key = "rule-set-secret/" + std::to_string(rules_.version);
  const Digest rules_digest = sha256(canonical(rules_));
  TRY(auto stored, confidential_->get(Area::meta_records, key));
  if (!stored) {
    stored = random_.bytes(32);
    stored->append(rules_digest.view());
    Batch batch;
    batch.put(Area::meta_records, key, *stored);
    TRY_VOID(confidential_->commit(batch));
  }
  if (stored->size() != 64) return fail(Errc::corrupt, "stored secret of the rule set");
  if (ByteView(*stored).substr(32) != rules_digest.view()) {
    return fail(Errc::invalid_input, home_.rules().string() + ": changed under version " +
                                         std::to_string(rules_.version) +
                                         "; raise `version` with every change");
  }
  return rule_set_digest(rules_, ByteView(*stored).substr(0, 32));
}

// The secret of the cell keys, drawn at first use and never changed: another one is another series
// of every breakdown (DISCLOSURE 2).
Result<void> Node::load_region_secret() {
  static const Bytes kKey = "region-secret";
  TRY(auto stored, confidential_->get(Area::meta_records, kKey));
  if (!stored) {
    stored = random_.bytes(32);
    Batch batch;
    batch.put(Area::meta_records, kKey, *stored);
    TRY_VOID(confidential_->commit(batch));
  }
  if (stored->size() != 32) return fail(Errc::corrupt, "stored region secret");
  confirmation_key_ = confirmation_key(*stored);
  amount_key_ = amount_key(*stored);
  facts_ = std::make_unique<FactsKeeper>(home_.facts(), std::move(*stored));
  return {};
}

Result<void> Node::load_membership() {
  auto membership = Membership::load(*shared_);
  if (!membership && membership.error().code == Errc::not_found) return {};
  if (!membership) return membership.error();
  const VerifiedRoster& roster = (*membership)->roster();
  if (roster.name() != config_.federation || roster.find(config_.member) == nullptr) {
    return fail(Errc::mismatch, home_.config().string() + ": says member " + config_.member +
                                    " of " + config_.federation + ", but the installed roster of " +
                                    roster.name() +
                                    " has no such member; put back what init wrote");
  }
  TRY(auto plan, load_release_plan(home_, catalogue_, roster));
  {
    const std::lock_guard lock(mutex_);
    membership_ = *membership;
    plan_ = std::move(plan);
  }
  return load_publisher();
}

// A statement signed with another key than the key set's is invalid for ever, in a log that must
// not lose it.
Result<void> Node::check_keys(const VerifiedKeySet& own) const {
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    TRY(const PrivateKey ours, home_.load_key(role));
    if (own.keys(role) == std::vector<PublicKey>{ours.public_key()}) continue;
    return fail(Errc::mismatch, home_.key(role).string() + ": not the " + std::string(name(role)) +
                                    " key of this node's key set; put the right file back");
  }
  return {};
}

// The log's writer and the publisher, once this node's own key set is installed.
Result<void> Node::load_publisher() {
  const auto membership = this->membership();
  const VerifiedKeySet* own = membership->keyset(config_.member);
  if (own == nullptr) return {};
  TRY_VOID(check_keys(*own));
  {
    const std::lock_guard lock(mutex_);
    if (publisher_) return {};
    TRY(auto log_key, home_.load_key(Role::log));
    TRY(auto statement_key, home_.load_key(Role::statement));
    TRY(committer_, Committer::open(*shared_, config_.member, membership->origin(config_.member),
                                    std::move(log_key)));
    committer_->on_commit([this] {
      if (const auto parts = running(); parts && parts->head_changed) parts->head_changed();
    });
    PublisherParts parts{confidential_.get(),
                         shared_.get(),
                         committer_.get(),
                         membership,
                         &catalogue_,
                         &clock_,
                         &random_,
                         rules_,
                         rule_set_,
                         config_.member,
                         [this] { return facts(); },
                         [this] { return knowledge(); },
                         plan_,
                         confirmation_key_,
                         amount_key_};
    publisher_ =
        std::make_unique<Publisher>(std::move(parts), StatementKey(std::move(statement_key)));
  }
  TRY_VOID(publisher_->found());
  return publisher_->recover();
}

std::shared_ptr<const Membership> Node::membership() const {
  const std::lock_guard lock(mutex_);
  return membership_;
}

std::shared_ptr<const AdoptedPlan> Node::plan() const {
  const std::lock_guard lock(mutex_);
  return plan_;
}

Result<Publisher*> Node::publisher() const {
  const std::lock_guard lock(mutex_);
  if (!membership_)
    return fail(Errc::refused, "no roster is installed: regionctl roster install FILE");
  if (!publisher_) {
    return fail(Errc::refused,
                "this node's key set is not installed: regionctl keyset create, sign, install");
  }
  return publisher_.get();
}

LogHead Node::own_head() const {
  const std::lock_guard lock(mutex_);
  return committer_ ? committer_->head() : LogHead{};
}

Result<VerifiedRoster> Node::install_roster(ByteView envelope) {
  const std::lock_guard installing(installing_);
  Batch batch;
  TRY(auto roster, Membership::install_roster(*shared_, envelope, batch));
  if (roster.name() != config_.federation) {
    return fail(Errc::mismatch, "the roster is of federation " + roster.name() +
                                    ", this home was made for " + config_.federation);
  }
  if (roster.find(config_.member) == nullptr) {
    return fail(Errc::mismatch,
                "the roster has no member " + config_.member + ", which this home was made for");
  }
  TRY_VOID(shared_->commit(batch));
  TRY_VOID(load_membership());
  return roster;
}

Result<VerifiedKeySet> Node::install_keyset(ByteView envelope) {
  const std::lock_guard installing(installing_);
  const auto before = membership();
  if (!before) return fail(Errc::refused, "no roster is installed: regionctl roster install FILE");
  Batch batch;
  TRY(WithKeySet with, before->install_keyset(*shared_, envelope, batch));
  if (with.keyset.member() == config_.member) {
    // Keys that are not in this home would found a log that nobody can go on writing.
    if (const auto ours = check_keys(with.keyset); !ours) {
      return ours.error().in("this key set was not made in this home; create it here");
    }
  }
  TRY_VOID(shared_->commit(batch));
  {
    const std::lock_guard lock(mutex_);
    membership_ = with.membership;
  }
  TRY_VOID(load_publisher());
  if (const auto parts = running(); parts && parts->membership_changed) {
    parts->membership_changed(with.membership);
  }
  return with.keyset;
}

Result<Bytes> Node::create_keyset(const std::string& endpoint) const {
  const auto membership = this->membership();
  if (!membership)
    return fail(Errc::refused, "no roster is installed: regionctl roster install FILE");
  TRY(const HostPort address, parse_host_port(endpoint));
  if (address.host == "0.0.0.0" || address.host == "::" || address.port == "0") {
    return fail(Errc::invalid_input, endpoint +
                                         ": peers cannot reach this; name the address and "
                                         "port they dial with --endpoint HOST:PORT");
  }
  KeySet keyset;
  keyset.federation = membership->roster().federation();
  keyset.member = config_.member;
  keyset.issued_at = static_cast<std::uint64_t>(clock_.now() / 60 * 60);
  keyset.endpoints = {endpoint};
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    TRY(const PrivateKey key, home_.load_key(role));
    const Bytes message =
        possession_message(keyset.federation, keyset.member, role, key.public_key());
    keyset.keys.push_back({role, key.public_key(), keyset.issued_at,
                           keyset.issued_at + kKeyLifetimeSeconds, key.sign(message)});
  }
  return unsigned_envelope(keyset);
}

Territories Node::territories() const {
  Territories out{config_.member, {}};
  const auto membership = this->membership();
  if (!membership) return out;
  for (const Member& member : membership->roster().roster().members) {
    out.members.push_back({member.id, member.territory});
  }
  return out;
}

Result<std::shared_ptr<const Facts>> Node::facts() {
  return facts_->current(record_store_->store(), territories(), &stopping_);
}

Result<Knowledge> Node::knowledge() {
  return Knowledge::read(*record_store_->store().snapshot(), territories(), &stopping_);
}

bool Node::take_rejects(const std::string& path) {
  const std::lock_guard lock(mutex_);
  return rejects_in_use_.insert(path).second;
}

void Node::leave_rejects(const std::string& path) {
  const std::lock_guard lock(mutex_);
  rejects_in_use_.erase(path);
}

void Node::attach(std::optional<RunningParts> running) {
  const std::lock_guard lock(mutex_);
  running_ = std::move(running);
}

std::optional<RunningParts> Node::running() const {
  const std::lock_guard lock(mutex_);
  return running_;
}

}  // namespace regions
