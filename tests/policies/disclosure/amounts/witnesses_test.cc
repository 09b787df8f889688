// The bytes that a claim of witnesses digests: one form for one set, and the worked example of
// protocol/spec/witnesses.md, computed.
#include <gmock/gmock.h>

#include "policies/disclosure/amounts/amount_witnesses.h"
#include "protocol/statement/opening.h"
#include "tests/protocol/log/spec_page.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const std::string kUnknownGroup = "2018-2020 actor_group=_U";
const std::string kSupportGroup = "2018-2020 actor_group=business-support";

std::vector<AmountWitness> spec_witnesses() {
  return {{kUnknownGroup, false, {{kUnknownGroup, 0}, {kSupportGroup, 52'500'000}}},
          {kUnknownGroup, true, {{kUnknownGroup, 2'500'001}, {kSupportGroup, 49'999'999}}},
          {"2019", true, {{"2019", 90'000'000}}}};
}

Bytes spec_secret() {
  Bytes bytes;
  for (char c = 0; c < 32; ++c) bytes.push_back(c);
  return bytes;
}

TEST(AmountWitnesses, AnotherFigureEndOrValueIsAnotherClaim) {
  using Change = void (*)(std::vector<AmountWitness>&);
  const Bytes stated = canonical(spec_witnesses());
  for (const Change change : std::initializer_list<Change>{
           [](std::vector<AmountWitness>& all) { all.pop_back(); },
           [](std::vector<AmountWitness>& all) { all.push_back(all[0]); },
           [](std::vector<AmountWitness>& all) { all[2].up = false; },
           [](std::vector<AmountWitness>& all) { all[2].cell = kUnknownGroup; },
           [](std::vector<AmountWitness>& all) { all[1].values[0].second = -1; },
           [](std::vector<AmountWitness>& all) { all[1].values[0].first = "2018"; },
           [](std::vector<AmountWitness>& all) { all[1].values.pop_back(); }}) {
    auto other = spec_witnesses();
    change(other);
    EXPECT_NE(canonical(other), stated);
  }
  EXPECT_NE(canonical(std::vector<AmountWitness>()), stated);
  EXPECT_NE(witnesses_digest(spec_secret(), stated), witnesses_digest(Bytes(32, 's'), stated));
}

TEST(AmountWitnesses, AnyOrderIsTheSameClaim) {
  auto other = spec_witnesses();
  std::reverse(other.begin(), other.end());
  for (AmountWitness& one : other) std::reverse(one.values.begin(), one.values.end());
  EXPECT_EQ(canonical(other), canonical(spec_witnesses()));
}

TEST(Spec, WitnessesExample) {
  const Bytes bytes = canonical(spec_witnesses());
  const Digest release = Digest::from_bytes(Bytes(32, '\xaa'), "release").value();
  const Opening opening{release, spec_secret(), bytes};
  EXPECT_EQ(spec_examples("witnesses.md"),
            (std::map<std::string, std::string>{
                {"secret", to_hex(spec_secret())},
                {"witnesses", to_hex(bytes)},
                {"claim", witnesses_digest(opening.secret, opening.witnesses).hex()},
                {"opening", to_hex(encode(opening))}}));
}

}  // namespace
}  // namespace regions
