// Who is in the federation and with which keys: the roster and the key sets in the shared store.
// Built from stored documents, each verified again, or from the one before and one more key set;
// immutable, so it is shared freely.
#pragma once

#include <map>
#include <memory>

#include "node/storage/store.h"
#include "protocol/roster/keyset.h"
#include "protocol/roster/roster.h"

namespace regions {

class Membership;
// A key set that was verified against what is installed, and the membership with it.
struct WithKeySet {
  VerifiedKeySet keyset;
  std::shared_ptr<const Membership> membership;
};

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

  // Verify a document against what is installed and add it to `batch`. conflict: another document
  // of that version stands there already.
  static Result<VerifiedRoster> install_roster(const Reader& shared, ByteView envelope,
                                               Batch& batch);
  // `shared`: the store that this membership is of. No other key set is verified again. conflict: a
  // key of another member too.
  Result<WithKeySet> install_keyset(const Reader& shared, ByteView envelope, Batch& batch) const;

  // The stored envelope of roster `version`, or of key set `number` of a member. not_found
  // otherwise.
  static Result<Bytes> roster_document(const Reader& shared, std::uint32_t version);
  static Result<Bytes> keyset_document(const Reader& shared, std::string_view member,
                                       std::uint32_t number);

 private:
  explicit Membership(VerifiedRoster roster) : roster_(std::move(roster)) {}
  void add(const VerifiedKeySet& keyset);

  VerifiedRoster roster_;
  std::map<std::string, std::shared_ptr<const VerifiedKeySet>, std::less<>> keysets_;
  std::map<PublicKey, std::string> key_members_;  // of every role
  std::map<PublicKey, std::string> tls_members_;
};

}  // namespace regions
