// One node from import to log, over two stores in memory.
#pragma once

#include "node/federation/answer.h"
#include "node/publish/publisher.h"
#include "tests/node/cube/facts_of.h"
#include "tests/node/records/import_support.h"
#include "tests/support/fault_store.h"
#include "tests/support/federation/test_federation.h"

namespace regions {

inline const std::string kSelf = "PT16";
inline constexpr std::int64_t kIn2024 = 1'718'000'000;  // 2024-06-10

inline RuleSet template_rules() {
  return parse_rule_set("default.toml", default_rule_set_toml()).value();
}

// What a node opens at its start, over stores that outlive it.
struct NodeParts {
  static Result<std::unique_ptr<NodeParts>> open(const TestFederation& federation, Store& records,
                                                 Store& shared, const Clock& clock, Random& random,
                                                 std::shared_ptr<const AdoptedPlan> plan = nullptr,
                                                 const std::string& self = kSelf,
                                                 FactsSource facts = {},
                                                 const RuleSet& rules = template_rules(),
                                                 KnowledgeSource knowledge = {},
                                                 std::uint64_t pivots_max = kPivotsMax) {
    auto parts = std::make_unique<NodeParts>();
    TRY(parts->committer,
        Committer::open(shared, self, federation.origin(self), federation.key(self, Role::log)));
    if (!facts) {
      facts = [&records]() -> Result<std::shared_ptr<const Facts>> {
        TRY(Facts loaded, facts_of(*records.snapshot(), territories(kSelf, {"DE24", "ES"})));
        return std::make_shared<const Facts>(std::move(loaded));
      };
    }
    if (!knowledge) {
      knowledge = [&records]() {
        return Knowledge::read(*records.snapshot(), territories(kSelf, {"DE24", "ES"}));
      };
    }
    PublisherParts with{&records,
                        &shared,
                        parts->committer.get(),
                        federation.membership(),
                        &Catalogue::builtin(),
                        &clock,
                        &random,
                        rules,
                        rule_set_digest(rules, Bytes(32, 's')),
                        self,
                        std::move(facts),
                        std::move(knowledge),
                        std::move(plan)};
    with.amount_pivots_max = pivots_max;
    parts->publisher = std::make_unique<Publisher>(
        std::move(with), StatementKey(federation.key(self, Role::statement)));
    TRY_VOID(parts->publisher->found());
    TRY_VOID(parts->publisher->recover());
    return parts;
  }
  std::unique_ptr<Committer> committer;
  std::unique_ptr<Publisher> publisher;
};

class PublishBench : public testing::Test {
 protected:
  PublishBench() { federation.install(shared); }

  // Enterprises [from, to) with a cooperation each in 2015; the first `sme` of all are small firms
  // of manufacturing, the rest are large. Without `known` nothing is known of any.
  void import_firms(int from, int to, int sme, bool known = true,
                    const std::string& year = "2015") {
    ImportBench bench(records, territory_of(kSelf, {"DE24", "ES"}));
    std::string cooperations, organisations;
    for (int i = from; i < to; ++i) {
      const std::string id = "e" + std::to_string(i);
      cooperations += "c" + year + id + "," + id + ",PRC,PT16,a,HES,PT,," + year + "-03-01," +
                      year + "-04-01,robotics,,\n";
      organisations += id + ",N,PRC,PT16,X,PT,C10," + (i < sme ? "small" : "large") + "\n";
    }
    ASSERT_THAT(bench.cooperations(cooperations), IsOk());
    ASSERT_TRUE(bench.rejects.all.empty()) << bench.rejected().front();
    if (!known) return;
    ASSERT_THAT(bench.organisations(organisations), IsOk());
    ASSERT_TRUE(bench.rejects.all.empty()) << bench.rejected().front();
  }
  std::unique_ptr<NodeParts> node() {
    return NodeParts::open(federation, records, shared, clock, random).value();
  }
  Answer asked(const std::string& indicator) {
    return ask(shared, *federation.membership(), Catalogue::builtin(),
               {indicator, {}, {"region", "year"}, {kSelf}}, kSelf, clock.now())
        .value();
  }
  std::size_t log_size() { return LogStore(shared, kSelf).head().value()->size; }

  TestFederation federation{{"DE24", "ES", "PT16"}};
  FakeClock clock{kIn2024};
  SeededRandom random{3};
  MemoryStore records, shared;
};

}  // namespace regions
