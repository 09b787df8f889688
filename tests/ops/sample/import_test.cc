// Every node of the sample federation imports its three files whole.
#include "ops/sample/assumptions.h"
#include "ops/sample/files.h"
#include "tests/node/records/import_support.h"
#include "tests/support/memory_store.h"

namespace regions::sample {
namespace {

using Lines = std::vector<std::string>;

struct File {
  const char* what;
  RecordKind kind;
  ImportRole role;
};
constexpr File kFiles[] = {
    {"cooperations_", RecordKind::cooperation, ImportRole::own},
    {"cooperations_with_actor_in_", RecordKind::cooperation, ImportRole::partner},
    {"organisations_", RecordKind::organisation, ImportRole::own}};

TEST(Sample, NothingOfItIsRejectedAtAnyNode) {
  const Draw draw(20261122);
  const auto files = make_files(make_population(draw), draw);
  for (const Region& region : kRegions) {
    std::vector<std::string> others;
    for (const Region& other : kRegions) {
      if (&other != &region) others.emplace_back(other.nuts);
    }
    MemoryStore store;
    ImportBench node(store, territory_of(std::string(region.nuts), others));
    for (const File& file : kFiles) {
      const std::string name = file.what + std::string(region.nuts) + ".csv";
      ASSERT_OK_AND(const auto summary,
                    node.import(text_source(files.at(name)), file.kind, file.role));
      EXPECT_EQ(node.rejected(), Lines{}) << name;
      EXPECT_EQ(summary.read, summary.added) << name;
      EXPECT_GT(summary.added, 0u) << name;
    }
    EXPECT_GT(node.counts().own_cooperations(), 0);
    EXPECT_GT(node.counts().undated() + node.counts().unknown_place(), 0) << region.nuts;
  }
}

}  // namespace
}  // namespace regions::sample
