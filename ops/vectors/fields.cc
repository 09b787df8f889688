#include "ops/vectors/fields.h"

#include <algorithm>
#include <array>

#include "protocol/crypto/base64.h"

namespace regions::vectors {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 18> kDescribing = {
    "id",       "name",    "title", "desc",   "description", "comment",
    "comments", "note",    "notes", "reason", "why",         "error",
    "source",   "sources", "url",   "ref",    "licence",     "license"};

Error unknown(std::string_view key, std::string_view what) {
  return fail(Errc::invalid_input, std::string(key) + ": " + std::string(what));
}

std::optional<Marker> marker_of(std::string_view key, const json::value& value) {
  if (key == "wantErr") {
    if (!value.is_bool()) return std::nullopt;
    return value.get_bool() ? Marker::must_fail : Marker::must_succeed;
  }
  if (!value.is_string()) return std::nullopt;
  const std::string_view word = value.get_string();
  if (key == "expect") {
    if (word == "accept" || word == "parse") return Marker::must_succeed;
    if (word == "reject" || word == "refuse" || word == "reject-last") return Marker::must_fail;
    return std::nullopt;
  }
  if (word == "valid") return Marker::must_succeed;
  if (word == "invalid") return Marker::must_fail;
  if (word == "acceptable") return Marker::either;
  return std::nullopt;
}

}  // namespace

Result<json::value> parse_json(ByteView text) {
  boost::system::error_code error;
  json::value value = json::parse(text, error);
  if (error) return fail(Errc::invalid_input, "not JSON: " + error.message());
  return value;
}

Result<Fields> Fields::of(const json::value& value) {
  if (!value.is_object()) return fail(Errc::invalid_input, "a JSON object expected");
  return Fields(value.get_object());
}

Result<const json::value*> Fields::value(std::string_view key) {
  const auto at = object_->find(key);
  if (at == object_->end()) return unknown(key, "missing");
  known_.insert(at->key());
  return &at->value();
}

Result<std::string_view> Fields::text(std::string_view key) {
  TRY(const json::value* found, value(key));
  if (!found->is_string()) return unknown(key, "text expected");
  return std::string_view(found->get_string());
}

Result<std::uint64_t> Fields::number(std::string_view key) {
  TRY(const json::value* found, value(key));
  if (found->is_uint64()) return found->get_uint64();
  if (!found->is_int64() || found->get_int64() < 0) return unknown(key, "a number expected");
  return static_cast<std::uint64_t>(found->get_int64());
}

Result<Bytes> Fields::hex(std::string_view key) {
  TRY(const std::string_view found, text(key));
  auto bytes = from_hex(found);
  if (!bytes) return unknown(key, "hex expected");
  return bytes;
}

Result<Bytes> Fields::base64(std::string_view key) {
  TRY(const std::string_view found, text(key));
  auto bytes = base64_decode(found);
  if (!bytes) return unknown(key, "base64 expected");
  return bytes;
}

Result<const json::array*> Fields::list(std::string_view key) {
  TRY(const json::value* found, value(key));
  if (!found->is_array()) return unknown(key, "a list expected");
  return &found->get_array();
}

Result<std::vector<std::string_view>> Fields::text_list(std::string_view key) {
  TRY(const json::array* found, list(key));
  std::vector<std::string_view> texts;
  for (const json::value& one : *found) {
    if (!one.is_string()) return unknown(key, "a list of text expected");
    texts.emplace_back(one.get_string());
  }
  return texts;
}

Result<std::vector<Bytes>> Fields::base64_list(std::string_view key) {
  TRY(const json::value* found, value(key));
  if (found->is_null()) return std::vector<Bytes>{};
  TRY(const auto texts, text_list(key));
  std::vector<Bytes> all;
  for (const std::string_view one : texts) {
    auto bytes = base64_decode(one);
    if (!bytes) return unknown(key, "base64 expected");
    all.push_back(std::move(*bytes));
  }
  return all;
}

Result<Fields> Fields::fields(std::string_view key) {
  TRY(const json::value* found, value(key));
  auto inner = of(*found);
  if (!inner) return unknown(key, inner.error().context);
  return inner;
}

void Fields::ignore(std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) (void)value(key);
}

Result<std::optional<Marker>> Fields::marker_in(std::string_view key) {
  if (!has(key)) return std::optional<Marker>{};
  TRY(const json::value* found, value(key));
  const auto marker = marker_of(key, *found);
  if (!marker) return unknown(key, "unknown marker " + json::serialize(*found));
  return marker;
}

Result<Marker> Fields::marker() {
  std::optional<Marker> agreed;
  for (const std::string_view key : {"wantErr", "expect", "result"}) {
    TRY(const std::optional<Marker> marker, marker_in(key));
    if (!marker) continue;
    if (agreed && *agreed != *marker) return unknown(key, "two markers that contradict");
    agreed = marker;
  }
  return agreed.value_or(Marker::must_succeed);
}

Result<void> Fields::end() const {
  for (const auto& field : *object_) {
    const std::string_view key = field.key();
    if (known_.contains(key)) continue;
    if (std::find(kDescribing.begin(), kDescribing.end(), key) != kDescribing.end()) continue;
    return unknown(key, "unknown field");
  }
  return {};
}

}  // namespace regions::vectors
