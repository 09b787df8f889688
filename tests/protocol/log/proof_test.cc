#include "protocol/log/proof.h"

#include <gmock/gmock.h>

#include "protocol/base/limits.h"
#include "tests/protocol/log/tree_of.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

constexpr std::uint64_t kSizes = 70;

std::vector<Digest> roots() {
  std::vector<Digest> all;
  for (std::uint64_t size = 0; size <= kSizes; ++size) all.push_back(root_by_definition(0, size));
  return all;
}

TEST(Inclusion, HoldsForEveryLeafAndForNothingElse) {
  const std::vector<Digest> root = roots();
  for (std::uint64_t size = 0; size <= kSizes; ++size) {
    EXPECT_THAT(prove_inclusion(size, size, hashes_of(size)), IsErr(Errc::not_found));
    for (std::uint64_t index = 0; index < size; ++index) {
      ASSERT_OK_AND(const auto proof, prove_inclusion(index, size, hashes_of(size)));
      const Digest leaf = test_leaf(index);
      ASSERT_THAT(verify_inclusion(leaf, index, size, proof, root[size]), IsOk());
      for (const auto& bad : damaged(proof)) {
        ASSERT_THAT(verify_inclusion(leaf, index, size, bad, root[size]), IsErr(Errc::bad_proof))
            << index << " in " << size;
      }
      ASSERT_THAT(verify_inclusion(test_leaf(index + 1), index, size, proof, root[size]),
                  IsErr(Errc::bad_proof));
      for (std::uint64_t other = 0; other <= size + 1; ++other) {
        if (other == index) continue;
        ASSERT_THAT(verify_inclusion(leaf, other, size, proof, root[size]), IsErr(Errc::bad_proof));
      }
      if (index > 0) {
        ASSERT_THAT(verify_inclusion(leaf, index, size, proof, root[size - 1]),
                    IsErr(Errc::bad_proof));
      }
    }
  }
}

TEST(Inclusion, SizesThatNoTreeHasAreRefused) {
  const Digest leaf = test_leaf(0);
  for (const std::uint64_t size : {std::uint64_t{0}, kTreeSizeMax + 1, ~std::uint64_t{0}}) {
    EXPECT_THAT(verify_inclusion(leaf, 0, size, {}, leaf), IsErr(Errc::bad_proof));
    EXPECT_THAT(verify_inclusion(leaf, size, size, {}, leaf), IsErr(Errc::bad_proof));
    EXPECT_THAT(verify_inclusion(leaf, size - 1, size, std::vector<Digest>(64), leaf),
                IsErr(Errc::bad_proof));
  }
  EXPECT_THAT(verify_inclusion(leaf, kTreeSizeMax - 1, kTreeSizeMax, std::vector<Digest>(62), leaf),
              IsErr(Errc::bad_proof));
  EXPECT_THAT(prove_inclusion(0, kTreeSizeMax + 1, hashes_of(1)), IsErr(Errc::too_large));
}

TEST(Consistency, HoldsForEveryPairAndForNothingElse) {
  const std::vector<Digest> root = roots();
  for (std::uint64_t size2 = 1; size2 <= kSizes; ++size2) {
    for (std::uint64_t size1 = 1; size1 <= size2; ++size1) {
      ASSERT_OK_AND(const auto proof, prove_consistency(size1, size2, hashes_of(size2)));
      const auto check = [&](std::uint64_t first, std::uint64_t second, const auto& hashes) {
        return verify_consistency(first, second, root[size1], root[size2], hashes);
      };
      ASSERT_THAT(check(size1, size2, proof), IsOk()) << size1 << " to " << size2;
      for (const auto& bad : damaged(proof)) {
        ASSERT_THAT(check(size1, size2, bad), IsErr(Errc::bad_proof)) << size1 << " to " << size2;
      }
      ASSERT_THAT(check(size1 - 1, size2, proof), IsErr(Errc::bad_proof));
      ASSERT_THAT(check(size1, size1 - 1, proof), IsErr(Errc::bad_proof));
      ASSERT_THAT(check(0, size2, proof), IsErr(Errc::bad_proof));
      ASSERT_THAT(verify_consistency(size1, size2, root[size1 - 1], root[size2], proof),
                  IsErr(Errc::bad_proof));
      ASSERT_THAT(verify_consistency(size1, size2, root[size1], root[size2 - 1], proof),
                  IsErr(Errc::bad_proof));
      if (size1 != size2) {
        ASSERT_THAT(verify_consistency(size1, size2, root[size2], root[size1], proof),
                    IsErr(Errc::bad_proof));
        ASSERT_THAT(check(size2, size1, proof), IsErr(Errc::bad_proof));
      }
    }
  }
}

// The proof has the shape of (size1, size2): of other sizes it must fail even where it is as long.
TEST(Consistency, OfOtherSizesDoesNotHold) {
  const std::vector<Digest> root = roots();
  constexpr std::uint64_t kSome = 24;
  for (std::uint64_t size2 = 2; size2 <= kSome; ++size2) {
    for (std::uint64_t size1 = 1; size1 < size2; ++size1) {
      ASSERT_OK_AND(const auto proof, prove_consistency(size1, size2, hashes_of(size2)));
      for (std::uint64_t other = 1; other < size2; ++other) {
        if (other == size1) continue;
        ASSERT_THAT(verify_consistency(other, size2, root[other], root[size2], proof),
                    IsErr(Errc::bad_proof));
        ASSERT_THAT(verify_consistency(other, size2, root[size1], root[size2], proof),
                    IsErr(Errc::bad_proof));
      }
    }
  }
}

TEST(Consistency, SizesThatNoTreeHasAreRefused) {
  const Digest root = test_leaf(0);
  const auto check = [&](std::uint64_t size1, std::uint64_t size2, std::size_t hashes) {
    return verify_consistency(size1, size2, root, root, std::vector<Digest>(hashes));
  };
  constexpr std::uint64_t kMax = ~std::uint64_t{0};
  EXPECT_THAT(check(0, 0, 0), IsErr(Errc::bad_proof));
  EXPECT_THAT(check(0, 1, 0), IsErr(Errc::bad_proof));
  EXPECT_THAT(check(1, 0, 0), IsErr(Errc::bad_proof));
  EXPECT_THAT(check(kMax, kMax, 0), IsErr(Errc::bad_proof));
  EXPECT_THAT(check(1, kMax, 64), IsErr(Errc::bad_proof));
  EXPECT_THAT(check(kTreeSizeMax, kTreeSizeMax + 1, 1), IsErr(Errc::bad_proof));
  EXPECT_THAT(check(kTreeSizeMax - 1, kTreeSizeMax, 62), IsErr(Errc::bad_proof));
  EXPECT_THAT(prove_consistency(0, 5, hashes_of(5)), IsErr(Errc::not_found));
  EXPECT_THAT(prove_consistency(6, 5, hashes_of(5)), IsErr(Errc::not_found));
  EXPECT_THAT(prove_consistency(1, kTreeSizeMax + 1, hashes_of(5)), IsErr(Errc::too_large));
}

TEST(Prover, AnErrorOfTheSourceIsTheAnswer) {
  const HashSource broken = [](unsigned, std::uint64_t) -> Result<Digest> {
    return fail(Errc::corrupt, "tile");
  };
  EXPECT_THAT(root_of(3, broken), IsErr(Errc::corrupt));
  EXPECT_THAT(prove_inclusion(1, 3, broken), IsErr(Errc::corrupt));
  EXPECT_THAT(prove_consistency(2, 3, broken), IsErr(Errc::corrupt));
  EXPECT_THAT(root_of(0, broken), IsOk());
}

}  // namespace
}  // namespace regions
