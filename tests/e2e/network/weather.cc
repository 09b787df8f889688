#include "tests/e2e/network/weather.h"

#include <gtest/gtest.h>

#include "protocol/base/check.h"

namespace regions {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

const std::vector<std::string> kMembers = {"BG33", "CH02", "DE24", "ES13",
                                           "IE04", "PT16", "RO42", "SI04"};
constexpr int kFirstYear = 1930, kLastYear = 2023;

// Every member and year another figure, none withheld.
int firms_of(std::size_t member, int year) {
  return 3 + static_cast<int>(member) * 3 + (year * 7) % 11;
}

std::string records_of(const std::string& id, std::size_t member) {
  std::string out = cooperation_header();
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    out += rows(id + "-" + std::to_string(year) + "-", id, firms_of(member, year), year, year);
  }
  return out;
}

void without_times(json::value& value) {
  if (value.is_object()) {
    value.as_object().erase("as_of");
    for (auto& [key, inner] : value.as_object()) without_times(inner);
  }
  if (value.is_array()) {
    for (json::value& inner : value.as_array()) without_times(inner);
  }
}

// Relative path and bytes of every file.
std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> out;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (file.is_regular_file())
      out[fs::relative(file.path(), folder).string()] = read_text(file.path());
  }
  return out;
}

std::vector<std::string> first(std::size_t count) {
  CHECK(count >= 2 && count <= kMembers.size());
  return {kMembers.begin(), kMembers.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace

Weather::Ids chosen(const Weather::Ids& ids, unsigned bits) {
  Weather::Ids out;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if ((bits >> i & 1) != 0) out.push_back(ids[i]);
  }
  return out;
}

// Without a plan, which would bind the years.
Weather::Weather(std::size_t count, std::uint64_t seed)
    : wires_(first(count), seed),
      federation_(first(count), {}, "none", [&](const std::string& id) { return wires_.seat(id); }),
      next_year_(kFirstYear) {
  for (std::size_t i = 0; i < ids().size(); ++i) {
    federation_.import(ids()[i], "cooperations", records_of(ids()[i], i));
  }
  federation_.start_all();
}

bool Weather::release_everywhere() {
  if (next_year_ > kLastYear) return false;
  for (const std::string& id : ids()) {
    const Ran ran = federation_.release(id, "ENT-COOP", next_year_);
    EXPECT_EQ(ran.status, 0) << id << " " << next_year_ << ": " << ran.text();
  }
  ++next_year_;
  return true;
}

void Weather::part(unsigned side) {
  Link none;
  none.cut = true;
  for (const std::string& one : chosen(ids(), side)) {
    for (const std::string& other : chosen(ids(), ~side)) {
      wires_.set(one, other, none);
      wires_.set(other, one, none);
    }
  }
}

std::uint64_t Weather::log_size(const std::string& id) const {
  const json::value status = json::parse(federation_.get(id, "/v1/status"));
  return status.at("log").at("size").to_number<std::uint64_t>();
}

std::optional<double> Weather::converged(const Ids& nodes, const Ids& authors,
                                         int limit_seconds) const {
  const auto began = std::chrono::steady_clock::now();
  RealFederation::Sizes sizes;
  for (const std::string& author : authors) sizes[author] = log_size(author);
  for (const std::string& node : nodes) {
    const auto left = seconds(limit_seconds) - (std::chrono::steady_clock::now() - began);
    const bool complete = eventually(std::chrono::duration_cast<std::chrono::milliseconds>(left),
                                     [&] { return federation_.has_verified(node, sizes); });
    if (!complete) return std::nullopt;
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

bool Weather::has_news(const std::string& node, const std::string& author) const {
  return federation_.has_verified(node, {{author, log_size(author)}});
}

// As RealFederation::figures() says them, in the order of an answer.
std::string Weather::expected_figures() const {
  std::string out;
  for (int year = kFirstYear; year < next_year_; ++year) {
    for (std::size_t i = 0; i < ids().size(); ++i) {
      out +=
          ids()[i] + " " + std::to_string(year) + " " + std::to_string(firms_of(i, year)) + " A\n";
    }
  }
  return out;
}

std::string Weather::answer_without_times(const std::string& id) const {
  json::value answer =
      json::parse(federation_.get(id, "/v1/query?indicator=ENT-COOP&by=region,year&format=json"));
  without_times(answer);
  return json::serialize(answer);
}

std::string Weather::disagreement() {
  std::string out;
  const std::string expected = expected_figures(), answer = answer_without_times(ids()[0]);
  for (const std::string& id : ids()) {
    if (federation_.figures(id, "ENT-COOP") != expected) out += id + " has other figures\n";
    if (answer_without_times(id) != answer)
      out += id + " answers otherwise than " + ids()[0] + "\n";
  }
  for (const std::string& author : ids()) {
    const fs::path own = federation_.exported(author, author);
    if (const Ran audit = federation_.audit(own); audit.status != 0) out += audit.text();
    for (const std::string& holder : ids()) {
      const fs::path held = federation_.exported(holder, author);
      if (files_of(held) != files_of(own)) {
        out += holder + " holds another log of " + author + " than " + author + " does\n";
      }
      fs::remove_all(held);
    }
    fs::remove_all(own);
  }
  return out;
}

}  // namespace regions
