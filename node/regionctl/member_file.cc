#include "node/regionctl/member_file.h"

#include <boost/json.hpp>

namespace regions {
namespace {

namespace json = boost::json;
constexpr std::string_view kFormat = "regions4.member/1";
constexpr std::string_view kKeyPrefix = "ed25519:";

Error bad(const std::string& name, std::string_view key, std::string_view expected) {
  return fail(Errc::invalid_input, name + ": " + std::string(key) + ": " + std::string(expected) +
                                       " expected; make the file with regionctl member show");
}

Result<std::string> text_of(const json::object& object, const std::string& name,
                            std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return bad(name, key, "a string");
  return std::string(value->as_string());
}

Result<std::vector<std::string>> texts_of(const json::object& object, const std::string& name,
                                          std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_array()) return bad(name, key, "an array of strings");
  std::vector<std::string> out;
  for (const json::value& item : value->as_array()) {
    if (!item.is_string()) return bad(name, key, "an array of strings");
    out.emplace_back(item.as_string());
  }
  return out;
}

}  // namespace

std::string encode_public_key(const PublicKey& key) {
  return std::string(kKeyPrefix) + to_hex(key.bytes);
}

Result<PublicKey> parse_public_key(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  const auto bytes = line.substr(0, kKeyPrefix.size()) == kKeyPrefix
                         ? from_hex(line.substr(kKeyPrefix.size()))
                         : Result<Bytes>(Bytes());
  if (!bytes || bytes->size() != 32) {
    return fail(Errc::invalid_input, "a public key, ed25519: and 64 hex digits, expected");
  }
  return PublicKey{Algorithm::ed25519, *bytes};
}

std::string encode_member_file(const MemberFile& file) {
  json::array territory, governance;
  for (const std::string& code : file.member.territory) territory.push_back(json::value(code));
  for (const PublicKey& key : file.member.governance)
    governance.push_back(json::value(encode_public_key(key)));
  const json::value out = {{"format", std::string(kFormat)},
                           {"federation", file.federation},
                           {"member", file.member.id},
                           {"territory", territory},
                           {"nuts_version", file.member.nuts_version},
                           {"territory_from", file.member.territory_from},
                           {"governance", governance}};
  return json::serialize(out) + "\n";
}

Result<MemberFile> parse_member_file(const std::string& name, const std::string& text) {
  boost::system::error_code error;
  const json::value parsed = json::parse(text, error);
  if (error || !parsed.is_object()) return bad(name, "file", "a JSON object");
  const json::object& object = parsed.as_object();
  TRY(const std::string format, text_of(object, name, "format"));
  if (format != kFormat) return bad(name, "format", kFormat);
  MemberFile file;
  TRY(file.federation, text_of(object, name, "federation"));
  TRY(file.member.id, text_of(object, name, "member"));
  TRY(file.member.territory, texts_of(object, name, "territory"));
  TRY(file.member.nuts_version, text_of(object, name, "nuts_version"));
  TRY(file.member.territory_from, text_of(object, name, "territory_from"));
  TRY(const auto keys, texts_of(object, name, "governance"));
  for (const std::string& key : keys) {
    auto parsed_key = parse_public_key(key);
    if (!parsed_key) return parsed_key.error().in(name + ": governance");
    file.member.governance.push_back(std::move(*parsed_key));
  }
  return file;
}

}  // namespace regions
