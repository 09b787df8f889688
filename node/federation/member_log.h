// What one member's verified log says now: of every figure asked for, the release that holds.
//
// Values, read from one snapshot; any thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "node/exchange/figures.h"
#include "node/log/membership.h"

namespace regions {

struct Stated {
  Release release;
  Digest id;
  std::uint64_t index = 0;
};

// Whether a cell of the release is provisional: its author says so or, where it is withheld and no
// author can, the period had not ended when it was stated.
bool is_provisional(const Release& release, const Cell& cell);

// One table in one period under one definition: releases of different figures never supersede each
// other.
struct FigureKey {
  std::string indicator;
  Digest definition;
  std::string table;
  std::string period;

  auto operator<=>(const FigureKey&) const = default;
};

struct MemberLog {
  // The last release in log order that is not withdrawn (PROTOCOL 3).
  std::map<FigureKey, Stated> current;
  bool whole = true;  // every payload we may see is here, understood and valid
  bool seen = false;

  // nullptr: not released, or withdrawn.
  const Stated* find(const FigureKey& key) const;
};

// The number of members, whoever is asked for.
std::size_t members_of(const Membership& membership);

// Of the releases for which `wanted` is true. It is asked before their envelopes are opened, so
// that a question costs what it is about, not what the log holds. corrupt: a stored envelope is
// missing or damaged.
Result<MemberLog> read_member_log(const Reader& shared, const std::string& member,
                                  const std::function<bool(const Figure&)>& wanted);

// One member's part in an answer.
struct Coverage {
  std::string region;
  std::string state;  // complete | partial | late | absent
  std::uint64_t releases = 0;
  std::int64_t as_of = 0;  // POSIX seconds; 0 never
};

// `self`, this node, is never late; `now` as in ask(). Its releases are those of `log`.
Result<Coverage> coverage_of(const Reader& shared, const std::string& member, const MemberLog& log,
                             const std::string& self, std::int64_t now);

// The members asked for, or all of them when `regions` is empty: ascending, each once.
// invalid_input: no such member, with those there are.
Result<std::vector<std::string>> members_asked(const Membership& membership,
                                               const std::vector<std::string>& regions);

}  // namespace regions
