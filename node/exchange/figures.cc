#include "node/exchange/figures.h"

#include <algorithm>
#include <array>
#include <utility>

namespace regions {
namespace {

constexpr std::string_view kFirst = "first";
constexpr std::string_view kNext = "next";

}  // namespace

About about(const Release& release) {
  return {{release.indicator, release.table, release.period, release.definition,
           release.header.audience.kind},
          release.supersedes.has_value()};
}

std::string encode(const About& about) {
  const Figure& figure = about.figure;
  return figure.indicator + ' ' + figure.table + ' ' + figure.period + ' ' +
         figure.definition.hex() + ' ' + std::to_string(static_cast<int>(figure.audience)) + ' ' +
         std::string(about.supersedes ? kNext : kFirst);
}

std::optional<About> decode_about(std::string_view text) {
  std::array<std::string_view, 6> words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t end = i + 1 == words.size() ? text.size() : text.find(' ');
    if (end == std::string_view::npos) return std::nullopt;
    words[i] = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const auto definition = Digest::from_hex(words[3], "definition");
  const bool known_audience = words[4].size() == 1 && words[4][0] >= '1' && words[4][0] <= '3';
  if (!definition || !known_audience || (words[5] != kFirst && words[5] != kNext)) {
    return std::nullopt;
  }
  return About{{std::string(words[0]), std::string(words[1]), std::string(words[2]), *definition,
                static_cast<AudienceKind>(words[4][0] - '0')},
               words[5] == kNext};
}

bool FirstReleases::repeats(std::uint64_t index, const About& about) const {
  const auto found = first_.find(about.figure);
  return found != first_.end() && found->second.place.index < index && !about.supersedes;
}

std::optional<FirstReleases::Place> FirstReleases::take(const Place& place, const About& about) {
  const auto [at, is_first] = first_.emplace(about.figure, First{place, about.supersedes});
  if (is_first || at->second.place.index <= place.index) return std::nullopt;
  const First later = std::exchange(at->second, First{place, about.supersedes});
  return later.supersedes ? std::nullopt : std::optional(later.place);
}

}  // namespace regions
