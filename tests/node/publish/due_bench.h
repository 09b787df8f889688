// One node in a federation that adopts the default plan, with firms that a plan has tables for.
#pragma once

#include "protocol/statement/dsse.h"
#include "tests/node/publish/publish_bench.h"

namespace regions {

class DueBench : public PublishBench {
 protected:
  DueBench() {
    const auto parsed = parse_plan("default.toml", default_plan_toml(), Catalogue::builtin());
    plan = std::make_shared<const AdoptedPlan>(
        AdoptedPlan::make(parsed.value(), Catalogue::builtin()).value());
  }
  std::unique_ptr<NodeParts> planned() {
    return NodeParts::open(federation, records, shared, clock, random, plan, kSelf, facts, rules,
                           {}, pivots_max)
        .value();
  }
  // Firms with a cooperation each from 2018 to 2020.
  void import_window(int count, bool known = true) {
    ImportBench bench(records, territory_of(kSelf, {"DE24", "ES"}));
    std::string cooperations, organisations;
    for (int i = 0; i < count; ++i) {
      const std::string id = "e" + std::to_string(i);
      cooperations += "c" + id + "," + id + ",PRC,PT16,a,HES,PT,PT16,2018-03-01,2020-04-01," +
                      (i % 2 == 0 ? "robotics" : "biotechnology") + ",1000.00,1000.00\n";
      organisations += id + ",N,PRC,PT16,X,PT,C10,small\n";
    }
    ASSERT_THAT(bench.cooperations(cooperations), IsOk());
    if (!known) return;
    ASSERT_THAT(bench.organisations(organisations), IsOk());
  }
  Release stated(const ReleaseRef& ref) {
    const auto envelope = decode_envelope(*shared.get(Area::envelopes, ref.id.view()).value());
    return std::get<Release>(decode_payload(envelope->payload_type, envelope->payload).value());
  }
  static std::size_t in_state(const DueReport& report, DueLine::State state) {
    return static_cast<std::size_t>(
        std::count_if(report.lines.begin(), report.lines.end(),
                      [&](const DueLine& line) { return line.state == state; }));
  }

  std::shared_ptr<const AdoptedPlan> plan;
  RuleSet rules = template_rules();
  FactsSource facts;  // empty: those of `records`
  std::uint64_t pivots_max = kPivotsMax;
};

}  // namespace regions
