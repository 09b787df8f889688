#include "policies/disclosure/amounts/amount_witnesses.h"

#include <algorithm>
#include <map>

#include "protocol/base/tagged.h"

namespace regions {
namespace {

using PlaceOfName = std::map<std::string_view, std::uint32_t>;

PlaceOfName number_names(const std::vector<AmountWitness>& witnesses) {
  PlaceOfName places;
  for (const AmountWitness& one : witnesses) {
    places.emplace(one.cell, 0);
    for (const auto& [name, cents] : one.values) places.emplace(name, 0);
  }
  std::uint32_t next = 0;
  for (auto& [name, place] : places) place = next++;
  return places;
}

Bytes witness_values(const AmountWitness& witness, const PlaceOfName& places) {
  std::vector<std::pair<std::uint32_t, std::int64_t>> values;
  for (const auto& [name, cents] : witness.values) values.emplace_back(places.at(name), cents);
  std::sort(values.begin(), values.end());
  Bytes out;
  for (const auto& [place, cents] : values) {
    append_u32(out, place);
    append_u64(out, static_cast<std::uint64_t>(cents));
  }
  return out;
}

}  // namespace

Bytes canonical(const std::vector<AmountWitness>& witnesses) {
  const PlaceOfName places = number_names(witnesses);
  struct WitnessLine {
    std::uint32_t figure;
    std::uint32_t up;
    Bytes values;

    auto operator<=>(const WitnessLine&) const = default;
  };
  std::vector<WitnessLine> lines;
  for (const AmountWitness& one : witnesses) {
    lines.push_back({places.at(one.cell), one.up ? 1u : 0u, witness_values(one, places)});
  }
  std::sort(lines.begin(), lines.end());
  TaggedWriter out("witnesses");
  out.number(static_cast<std::uint32_t>(places.size()));
  for (const auto& [name, place] : places) out.field(name);
  out.number(static_cast<std::uint32_t>(lines.size()));
  for (const WitnessLine& line : lines) {
    out.number(line.figure);
    out.number(line.up);
    out.field(line.values);
  }
  return out.take();
}

}  // namespace regions
