#include "protocol/log/tree.h"

#include <gmock/gmock.h>

#include "protocol/base/limits.h"
#include "tests/protocol/log/tree_of.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

TEST(Tree, AsManyPeaksAsTheSizeHasBitsOrNoTree) {
  EXPECT_THAT(CompactTree::from(0, {Digest{}}), IsErr(Errc::malformed));
  EXPECT_THAT(CompactTree::from(1, {}), IsErr(Errc::malformed));
  EXPECT_THAT(CompactTree::from(6, {Digest{}}), IsErr(Errc::malformed));
  EXPECT_THAT(CompactTree::from(4, {Digest{}, Digest{}}), IsErr(Errc::malformed));
  EXPECT_THAT(CompactTree::from(kTreeSizeMax + 1, {Digest{}, Digest{}}), IsErr(Errc::too_large));
  EXPECT_THAT(CompactTree::from(~std::uint64_t{0}, std::vector<Digest>(64)),
              IsErr(Errc::too_large));
  EXPECT_THAT(CompactTree::from(kTreeSizeMax, {Digest{}}), IsOk());
}

// Values: C2SP tlog-checkpoint (the empty tree) and the head of size 1 of the log in tlog-tiles.
TEST(Tree, EmptyRootAndLeafOne) {
  EXPECT_EQ(CompactTree().root(), empty_root());
  EXPECT_EQ(empty_root().hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(leaf_hash("one").hex(),
            "d0d7360ab79f58ab1e1e3fe64ad77e2ea0bc07e36b5f46ed2223edd9298df9e9");
}

TEST(Tree, ALeafIsNoNodeOfTheSameBytes) {
  const Digest left = test_leaf(0), right = test_leaf(1);
  EXPECT_NE(leaf_hash(std::string(left.view()) + std::string(right.view())),
            node_hash(left, right));
  EXPECT_NE(node_hash(left, right), node_hash(right, left));
}

TEST(Tree, AppendingGivesTheRootOfTheDefinitionAtEverySize) {
  CompactTree tree;
  for (std::uint64_t size = 0; size <= 300; ++size) {
    ASSERT_EQ(tree.size(), size);
    ASSERT_EQ(tree.root(), root_by_definition(0, size)) << size;
    ASSERT_OK_AND(const CompactTree again, CompactTree::from(size, tree.peaks()));
    ASSERT_EQ(again, tree);
    ASSERT_OK_AND(const Digest root, root_of(size, hashes_of(size)));
    ASSERT_EQ(root, tree.root());
    tree.append(test_leaf(size));
  }
}

}  // namespace
}  // namespace regions
