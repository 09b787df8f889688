// What a member hands to the founder who makes roster 1: id, territory, governance keys (PROTOCOL
// 1, founding, step 2). JSON, format regions4.member/1.
#pragma once

#include <string>

#include "protocol/roster/roster.h"

namespace regions {

struct MemberFile {
  std::string federation;  // name
  Member member;
};

std::string encode_member_file(const MemberFile& file);
// invalid_input names the file, the key and what is expected. Whether the content may stand in a
// roster, check(Roster) says.
Result<MemberFile> parse_member_file(const std::string& name, const std::string& text);

// A public key as one line: "ed25519:<64 hex digits>".
std::string encode_public_key(const PublicKey& key);
Result<PublicKey> parse_public_key(std::string_view line);

}  // namespace regions
