// What a verified release is about, kept beside its verdict: so that a question opens only the
// envelopes that it needs, and a second release of one figure is noticed.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "protocol/statement/statement.h"

namespace regions {

struct Figure {
  std::string indicator;
  std::string table;
  std::string period;
  Digest definition;
  AudienceKind audience = AudienceKind::federation;

  auto operator<=>(const Figure&) const = default;
};

struct About {
  Figure figure;
  bool supersedes = false;  // it names the release before it

  bool operator==(const About&) const = default;
};
About about(const Release& release);

// One line of text; codes, ids and periods hold no blank.
std::string encode(const About& about);
// nullopt: not written by encode().
std::optional<About> decode_about(std::string_view text);

// The first release of every figure of one log, of those that are held as verified. A later one
// names the release before it (PROTOCOL 3). As many as the plan has figures. One thread.
class FirstReleases {
 public:
  struct Place {
    std::uint64_t index;
    Digest id;
  };
  // Whether a release at `index` repeats an earlier one without naming any.
  bool repeats(std::uint64_t index, const About& about) const;
  // Takes a verified release that repeats none. The one that repeats it, because it was logged
  // later and obtained before.
  std::optional<Place> take(const Place& place, const About& about);

 private:
  struct First {
    Place place;
    bool supersedes;
  };
  std::map<Figure, First> first_;
};

inline constexpr std::string_view kRepeats =
    "releases a figure a second time without naming the release before it";

}  // namespace regions
