// A federation whose nodes stand on wires. Whatever the weather between them is, every member can
// be made to release one more year; then it is measured how long it takes until each node has
// verified all of it, and checked that all say the same.
#pragma once

#include <memory>

#include "tests/e2e/network/wires.h"
#include "tests/e2e/support/federation.h"

namespace regions {

class Weather {
 public:
  using Ids = std::vector<std::string>;

  // `count` members, 2 to 8, with records and started; no weather yet. `seed`: of lost packets.
  Weather(std::size_t count, std::uint64_t seed);

  Wires& wires() { return wires_; }
  RealFederation& federation() { return federation_; }
  const Ids& ids() const { return federation_.ids(); }

  // The next year, at every node. False when no year is left.
  bool release_everywhere();
  // Between the members whose bit in `side` is set and the others nothing gets through.
  void part(unsigned side);
  void clear(const Link& link = {}) { wires_.set_all(link); }

  // Seconds until every one of `nodes` has verified all that each of `authors` has logged by now;
  // nullopt when it took longer than `limit_seconds`.
  std::optional<double> converged(const Ids& nodes, const Ids& authors, int limit_seconds) const;
  std::optional<double> converged(int limit_seconds) const {
    return converged(ids(), ids(), limit_seconds);
  }
  // Whether `node` has verified what `author` has logged by now.
  bool has_news(const std::string& node, const std::string& author) const;

  // What is wrong: an answer that is not what all figures are (byte for byte but for as_of), a log
  // that a holder and its author export differently, or that the auditor finds invalid. Empty: all
  // nodes hold the same verified statements.
  std::string disagreement();

 private:
  std::string expected_figures() const;
  std::string answer_without_times(const std::string& id) const;
  std::uint64_t log_size(const std::string& id) const;

  Wires wires_;
  RealFederation federation_;
  int next_year_;
};

// The members of `ids` whose bit is set.
Weather::Ids chosen(const Weather::Ids& ids, unsigned bits);

}  // namespace regions
