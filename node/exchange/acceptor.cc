#include "node/exchange/acceptor.h"

#include "node/exchange/table_judge.h"
#include "protocol/base/limits.h"
#include "protocol/log/entry.h"
#include "protocol/statement/dsse.h"

namespace regions {
namespace {

// Number 1 is adopted once, at `place`; this build cannot follow a later one, which is no fault.
Judgement judge_adoption(const std::string& what, std::uint64_t place, std::uint64_t index,
                         std::uint32_t number, bool is_installed_one) {
  if (index != place && number > 1) return not_understood(what + " " + std::to_string(number));
  if (index != place || number != 1) {
    return invalid(what + " " + std::to_string(number) +
                   " is adopted at another place than its own");
  }
  return is_installed_one ? verified()
                          : invalid("adopts a " + what + " that is not the installed one");
}

}  // namespace

Judgement Acceptor::judge_entry(ByteView bytes) const {
  const auto entry = decode_entry(bytes);
  if (!entry && entry.error().code == Errc::unsupported)
    return not_understood(entry.error().context);
  if (!entry) return invalid(entry.error().text());
  if (entry->audience == AudienceKind::named) {
    return {StatementState::undisclosed, "for named members"};
  }
  return {};
}

Judgement Acceptor::judge(const std::string& member, std::uint64_t index, ByteView entry,
                          ByteView envelope) const {
  const VerifiedKeySet* keyset = membership_->keyset(member);
  if (keyset == nullptr)
    return {StatementState::pending, "key set of " + member + " is not installed"};
  const auto sealed = decode_envelope(envelope);
  if (!sealed) return {StatementState::pending, "envelope: " + sealed.error().text()};
  if (entry.size() != kEntryBytes) return invalid("an entry has 56 bytes");
  // The digest says which bytes the author logged and the signature that it stated them; bytes that
  // fail here came to harm on the way.
  const auto id = Digest::from_bytes(entry.substr(entry.size() - kHashBytes), "entry");
  if (!id || statement_id(sealed->payload_type, sealed->payload) != *id) {
    return {StatementState::pending, "envelope does not have the logged digest"};
  }
  const auto statement = open(*sealed, entry, index, keyset->judge());
  if (!statement && statement.error().code == Errc::bad_signature) {
    return {StatementState::pending, statement.error().text()};
  }
  if (!statement) return invalid(statement.error().text());
  return judge_content(member, *statement);
}

Judgement Acceptor::judge_content(const std::string& member,
                                  const VerifiedStatement& verified_statement) const {
  const Statement& statement = verified_statement.statement();
  const std::uint64_t index = verified_statement.index();
  // Entry 0 adopts key set 1 and entry 1 roster 1; everything after is judged by them (PROTOCOL 1).
  if (index == 0 && !std::holds_alternative<KeysetAdopted>(statement)) {
    return invalid("entry 0 does not adopt key set 1");
  }
  if (index == 1 && !std::holds_alternative<RosterAdopted>(statement)) {
    return invalid("entry 1 does not adopt roster 1");
  }
  if (const auto* adopted = std::get_if<KeysetAdopted>(&statement)) {
    const Digest& installed = membership_->keyset(member)->digest();
    return judge_adoption("key set", 0, index, adopted->number, adopted->digest == installed);
  }
  if (const auto* adopted = std::get_if<RosterAdopted>(&statement)) {
    const Digest& installed = membership_->roster().digest();
    return judge_adoption("roster", 1, index, adopted->version, adopted->digest == installed);
  }
  if (const auto* release = std::get_if<Release>(&statement)) return judge_release(*release);
  if (const auto* unknown = std::get_if<NotUnderstood>(&statement)) {
    return not_understood("kind or version: " + unknown->payload_type);
  }
  return verified();
}

Judgement Acceptor::judge_release(const Release& release) const {
  if (release.roster_version != membership_->roster().version()) {
    return invalid("names a roster version that its log has not adopted");
  }
  const Indicator* indicator = catalogue_.find(release.indicator);
  if (indicator == nullptr) return not_understood("indicator " + release.indicator);
  if (catalogue_.definition(*indicator) != release.definition) {
    return not_understood("another definition of " + release.indicator);
  }
  Judgement judgement = judge_table(release, plan_.get(), catalogue_);
  if (judgement.state == StatementState::verified) judgement.about = about(release);
  return judgement;
}

}  // namespace regions
