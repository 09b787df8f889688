// Who is in the federation and with which keys: the roster and the key sets in the shared store.
// Built anew from stored documents, each verified again; immutable, so it is shared freely.
#pragma once

#include <map>
#include <memory>

#include "node/storage/store.h"
#include "protocol/roster/keyset.h"
#include "protocol/roster/roster.h"

namespace regions {

class Membership {
 public:
  // not_found: no roster is installed. corrupt: a stored document no longer verifies.
  static Result<std::shared_ptr<const Membership>> load(const Reader& shared);

  const VerifiedRoster& roster() const { return roster_; }
  // nullptr: the member's key set is not installed here.
  const VerifiedKeySet* keyset(std::string_view member) const;
  // Whose TLS key this is; nullptr when it is nobody's.
  const std::string* member_of_tls_key(const PublicKey& key) const;
  // The log's origin of a member, epoch 1.
  std::string origin(std::string_view member) const;

  // Verifies the documents against what is installed and adds them to `batch`.
  // conflict: another document of that version stands there already.
  static Result<VerifiedRoster> install_roster(const Reader& shared, ByteView envelope,
                                               Batch& batch);
  static Result<VerifiedKeySet> install_keyset(const Reader& shared, ByteView envelope,
                                               Batch& batch);

  // The stored envelope of roster `version`, or of key set `number` of a member. not_found
  // otherwise.
  static Result<Bytes> roster_document(const Reader& shared, std::uint32_t version);
  static Result<Bytes> keyset_document(const Reader& shared, std::string_view member,
                                       std::uint32_t number);

 private:
  explicit Membership(VerifiedRoster roster) : roster_(std::move(roster)) {}
  void add(VerifiedKeySet keyset);

  VerifiedRoster roster_;
  std::map<std::string, VerifiedKeySet, std::less<>> keysets_;
  std::map<PublicKey, std::string> tls_members_;
};

}  // namespace regions
