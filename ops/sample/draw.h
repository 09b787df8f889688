// Counter-based draws: every number depends on the seed and on what it is for, never on the order
// of calls. Same seed, same sample.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace regions::sample {

// What a number is drawn for. The numbers of the load-generator specification come first.
enum class Stream : std::uint64_t {
  firms_in_project = 1,
  actors_in_project = 2,
  firm_pick = 3,
  actor_pick = 4,
  amount_missing = 5,
  amount = 6,
  region = 7,
  technology = 8,
  dates = 9,
  enterprise = 10,  // NACE, size, holding
  kind = 11,
  place = 12,
  dirt = 13,
  name = 14,
  action = 15,
};

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : seed_(seed) {}
  // In [0, 1), 53 bits.
  double uniform(Stream stream, std::uint64_t i, std::uint64_t j = 0) const;
  // In [0, count).
  std::size_t below(std::size_t count, Stream stream, std::uint64_t i, std::uint64_t j = 0) const;

 private:
  std::uint64_t seed_;
};

template <class T>
struct Weighted {
  T value;
  double weight;
};

// The value at `u` of the cumulated weights, which need not add up to 1.
template <class T>
const T& pick(std::span<const Weighted<T>> table, double u) {
  double total = 0;
  for (const auto& entry : table) total += entry.weight;
  double left = u * total;
  for (const auto& entry : table) {
    if (left < entry.weight) return entry.value;
    left -= entry.weight;
  }
  return table.back().value;
}

}  // namespace regions::sample
