#include "ops/sample/draw.h"

namespace regions::sample {
namespace {

// The finaliser of splitmix64 (Steele, Lea, Flood 2014).
std::uint64_t mix(std::uint64_t z) {
  z += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

double Draw::uniform(Stream stream, std::uint64_t i, std::uint64_t j) const {
  const std::uint64_t key = seed_ ^ (static_cast<std::uint64_t>(stream) * 0x100000001b3);
  return static_cast<double>(mix(mix(mix(key) + i) + j) >> 11) * 0x1p-53;
}

std::size_t Draw::below(std::size_t count, Stream stream, std::uint64_t i, std::uint64_t j) const {
  return static_cast<std::size_t>(uniform(stream, i, j) * static_cast<double>(count));
}

}  // namespace regions::sample
