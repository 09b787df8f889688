#include "tests/support/needles.h"

#include <algorithm>
#include <set>

#include "protocol/base/check.h"
#include "protocol/crypto/base64.h"

namespace regions {
namespace {

constexpr std::size_t kStart = 4;

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return text;
}

std::string hex(ByteView value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    out += {kDigits[byte / 16], kDigits[byte % 16]};
  }
  return out;
}

}  // namespace

void Needles::add(const std::string& name, std::string text) {
  CHECK(text.size() >= kStart);
  by_start_.emplace(read_u32(text), forms_.size());
  forms_.push_back({name, std::move(text)});
}

void Needles::bytes(const std::string& name, ByteView value) {
  add(name, std::string(value));
  add(name + " as hex", hex(value));
  add(name + " as upper hex", upper(hex(value)));
  // Without what stands for the last bits, which depends on the bytes behind.
  std::string base64 = base64_encode(value).substr(0, value.size() / 3 * 4 + value.size() % 3);
  add(name + " as base64", base64);
  std::replace(base64.begin(), base64.end(), '+', '-');
  std::replace(base64.begin(), base64.end(), '/', '_');
  add(name + " as base64url", base64);
}

void Needles::number(const std::string& name, std::uint64_t value) {
  decimal(name, value);
  if (value >> 32 != 0) return;
  Bytes big;
  append_u32(big, static_cast<std::uint32_t>(value));
  bytes(name, big);
  add(name + ", the last byte first", {big.rbegin(), big.rend()});
}

void Needles::decimal(const std::string& name, std::uint64_t value) {
  add(name + " as a number", std::to_string(value));
}

std::vector<std::string> Needles::found_in(std::string_view text) const {
  std::set<std::string> found;
  for (std::size_t at = 0; at + kStart <= text.size(); ++at) {
    const auto [begin, end] = by_start_.equal_range(read_u32(text.substr(at, kStart)));
    for (auto one = begin; one != end; ++one) {
      const Form& form = forms_[one->second];
      if (text.substr(at, form.text.size()) == form.text) found.insert(form.name);
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace regions
