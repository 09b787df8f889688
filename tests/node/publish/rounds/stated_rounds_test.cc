// Ten years of a region's node, from its records to its log: every planned table at its date,
// records that are corrected by one firm and by many, an amount and a headline that are withdrawn
// and come back. In the end everything that was ever released is attacked together.
//
// Two regions; with REGIONS_AT_LENGTH=1 twelve.
#include <cstdlib>

#include "tests/node/cube/sql/planned_margins.h"
#include "tests/node/publish/nuts2_regions.h"
#include "tests/node/publish/publish_bench.h"
#include "tests/node/publish/rounds/region_rounds.h"
#include "tests/support/sanitized.h"
#include "tests/support/shared.h"

namespace regions {
namespace {

constexpr int kBegin = 2014, kYears = 10;
const std::string kAmount = "COOP-FUND-EUR", kCount = "ENT-COOP";

std::int64_t in_january(int year) {
  using namespace std::chrono;
  return sys_seconds(sys_days(std::chrono::year(year) / January / 2)).time_since_epoch().count();
}

class StatedRegion {
 public:
  StatedRegion(const std::string& self, const std::vector<std::string>& others,
               const std::string& text, const Territories& members)
      : rows_(text), members_(members), federation_({self, others.at(0), others.at(1)}) {
    federation_.install(shared_);
    members_.self = self;
    Plan plan = default_plan();
    const std::size_t baseline = rows_.baseline_enterprises();
    tier = baseline < 10 ? Tier::S : baseline < 40 ? Tier::M : Tier::L;
    plan.member_tiers[self] = tier;  // as if there had been a baseline before the first year
    plan_ = std::make_shared<const AdoptedPlan>(
        AdoptedPlan::make(std::move(plan), Catalogue::builtin()).value());
    node_ =
        NodeParts::open(
            federation_, records_, shared_, clock_, random_, plan_, self,
            [this]() -> Result<std::shared_ptr<const Facts>> {
              TRY(Facts loaded, Facts::load(*records_.snapshot(), members_, kTestSecret));
              return std::make_shared<const Facts>(std::move(loaded));
            },
            template_rules(), [this] { return Knowledge::read(*records_.snapshot(), members_); })
            .value();
  }

  void run() {
    for (int round = 0; round < kYears && !testing::Test::HasFatalFailure(); ++round) {
      const int today = kBegin + 1 + round;
      clock_.advance(in_january(today) - clock_.now());
      import(round == 0 ? rows_.until(kBegin) : rows_.of_year(today - 1));
      release(false);
      if (today == 2018) correct_one(2016);
      if (today == 2021) correct_all(2016);
      if (today == 2022) withdraw_and_release_again();
      expect_nobody_too_near();
    }
    expect_no_difference_of_few();
    EXPECT_EQ(verdict_on(shared_, federation_, members_.self), "valid");
    waived = node_->publisher->ledger()->waived;
  }

  Tier tier = Tier::S;
  std::size_t released = 0, refused = 0, corrected = 0, findings = 0, withdrawn = 0;
  std::map<std::string, std::size_t> reasons;  // of refusals
  std::vector<HeadlineFinding> waived;

 private:
  void import(const std::string& text) {
    ImportBench bench(records_, territory_of(members_.self, {}));
    ASSERT_OK(bench.import(text_source(text), RecordKind::cooperation, ImportRole::own));
    ASSERT_TRUE(bench.rejects.all.empty()) << bench.rejected().front();
  }
  DueReport release(bool revise, const DueChoice& choice = {}) {
    auto report =
        node_->publisher->release_due(false, {kYearMin, kYearMax}, {}, revise, "", choice);
    EXPECT_THAT(report, IsOk());
    for (const DueLine& line : report->lines) {
      released += line.state == DueLine::State::released;
      refused += line.state == DueLine::State::refused;
      if (line.state == DueLine::State::refused) ++reasons[line.reason];
      // What is new always goes out.
      EXPECT_TRUE(revise || line.state != DueLine::State::refused) << line.period << line.reason;
    }
    return std::move(*report);
  }
  std::vector<LedgerRelease> amounts_out() {
    auto all = Ledger(records_).all_releases().value();
    std::erase_if(all, [](const LedgerRelease& one) { return one.figure.indicator != kAmount; });
    return all;
  }

  void correct_one(int year) {
    const std::string change = rows_.corrected(year, rows_.size() / 3);
    if (change.empty()) return;
    import(change);
    const std::size_t before = amounts_out().size();
    release(true, {kAmount, "", ""});
    EXPECT_EQ(amounts_out().size(), before) << "by one firm";
    import(rows_.of_year(year));
  }
  void correct_all(int year) {
    import(rows_.all_corrected(year));
    const std::size_t before = amounts_out().size();
    release(true, {kAmount, "", ""});
    corrected += amounts_out().size() - before;
  }
  // What was withdrawn comes back as it was, and not while one firm's amount is another.
  void withdraw_and_release_again() {
    const auto out = Ledger(records_).releases({kAmount, "2018-2020", "total"}).value();
    const std::string change = rows_.corrected(2018, 0);
    if (!out.empty() && out[0].published > 0 && !change.empty()) {
      const DueChoice choice{kAmount, "2018-2020", "total"};
      ASSERT_OK(node_->publisher->withdraw(out[0].ref.id, WithdrawalReason::error_in_records));
      import(change);
      EXPECT_EQ(release(true, choice).lines.at(0).state, DueLine::State::refused);
      import(rows_.of_year(2018));
      const DueLine again = release(true, choice).lines.at(0);
      EXPECT_EQ(again.state, DueLine::State::released) << again.reason;
      EXPECT_EQ(again.supersedes, out[0].ref.id);
      ++withdrawn;
    }
    const auto headline = Ledger(records_).releases({kCount, "2019", "headline"}).value();
    ASSERT_FALSE(headline.empty());
    ASSERT_OK(node_->publisher->withdraw(headline[0].ref.id, WithdrawalReason::error_in_records));
    ASSERT_OK_AND(const auto back, node_->publisher->release(kCount, "2019"));
    EXPECT_EQ(back.supersedes, headline[0].ref.id);
    ++withdrawn;
  }

  RawAmounts raw() const {
    const Catalogue& catalogue = Catalogue::builtin();
    std::vector<const Dimension*> by;
    for (const std::string& id : ids_) by.push_back(catalogue.dimension(id));
    const auto knowledge = Knowledge::read(*records_.snapshot(), members_).value();
    return CubeBuilder::amounts(knowledge, catalogue, *catalogue.find(kAmount), by,
                                {kBegin, kBegin + kYears + 4})
        .value();
  }
  // Every figure as it was released last, withdrawn ones too, by everybody and every observer.
  void expect_nobody_too_near() {
    AmountRequest asked;
    asked.catalogue = &Catalogue::builtin();
    asked.rules = template_rules();
    for (const AmountDecision& one : Ledger(records_).amounts(kAmount).value()) {
      asked.history.release(one.cells);
    }
    const auto found = AmountControl::attack(raw(), asked);
    ASSERT_THAT(found, IsOk());
    findings += found->findings.size();
    for (const AmountFinding& one : found->findings) {
      ADD_FAILURE() << members_.self << " " << one.who << ": " << one.cells.front();
    }
  }
  // By holding: cents in one figure.
  std::map<MembershipTag, std::int64_t> parts_of(const AmountMembers& members,
                                                 const AmountCell& cell) const {
    const Period period = Period::parse(cell.period).value();
    std::map<MembershipTag, std::int64_t> parts;
    for (const AmountRow& row : members.rows) {
      bool is_in = period.first_year() <= row.year && row.year <= period.last_year();
      for (const auto& [id, code] : cell.categories) {
        const auto at = std::distance(ids_.begin(), ids_.find(id));
        const auto& categories = Catalogue::builtin().dimension(id)->categories();
        is_in = is_in && categories[row.categories[static_cast<std::size_t>(at)]].code == code;
      }
      if (is_in) parts[members.parties[row.holding]] += row.cents;
    }
    return parts;
  }
  // Between any two releases of a published figure none or three holdings and more changed.
  void expect_no_difference_of_few() {
    const Ledger ledger(records_);
    std::map<AmountCell, std::vector<std::map<MembershipTag, std::int64_t>>> versions;
    for (const AmountDecision& one : ledger.amounts(kAmount).value()) {
      const auto members = ledger.amount_members(kAmount, one.number).value();
      ASSERT_TRUE(members.has_value());
      for (const DecidedAmount& cell : one.cells) {
        if (cell.value) versions[cell.cell].push_back(parts_of(*members, cell.cell));
      }
    }
    for (const auto& [cell, parts] : versions) {
      for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        for (std::size_t k = i + 1; k < parts.size(); ++k) {
          std::size_t changed = 0;
          for (const auto& [tag, cents] : parts[i]) {
            const auto other = parts[k].find(tag);
            changed += other == parts[k].end() || other->second != cents;
          }
          for (const auto& [tag, cents] : parts[k]) changed += !parts[i].contains(tag);
          EXPECT_TRUE(changed == 0 || changed >= 3) << members_.self << " " << cell.period;
        }
      }
    }
  }

  const RowsByYear rows_;
  Territories members_;
  const TestFederation federation_;
  FakeClock clock_{in_january(kBegin)};
  SeededRandom random_{7};
  MemoryStore records_, shared_;
  std::shared_ptr<const AdoptedPlan> plan_;
  std::unique_ptr<NodeParts> node_;
  const std::set<std::string> ids_ = [] {
    std::set<std::string> ids;
    for (const PlannedTable& table : default_plan().tables) {
      if (table.method == Method::rounded) ids.insert(table.by.begin(), table.by.end());
    }
    return ids;
  }();
};

TEST(StatedRoundsTest, NobodyComesTooNearWhatANodeEverReleased) {
  NEEDS_SHARED("data/countries");
  const auto texts = cut_regions();
  Territories members;
  std::vector<std::string> ids;
  for (const auto& [id, text] : texts) {
    members.members.push_back({id, {id}});
    ids.push_back(id);
  }
  const bool at_full_length = std::getenv("REGIONS_AT_LENGTH") != nullptr;
  const std::size_t rows_max = at_full_length ? 4000 : 500, rows_min = at_full_length ? 0 : 150;
  const std::size_t wanted = at_full_length ? 12 : kSanitized ? 1 : 2;
  std::size_t done = 0, corrected = 0;
  for (std::size_t at = 4; at < ids.size() && done < wanted; at += at_full_length ? 17 : 1) {
    const std::size_t rows = RowsByYear(texts.at(ids[at])).size();
    if (rows > rows_max || rows < rows_min) continue;
    StatedRegion region(ids[at], {ids[(at + 1) % ids.size()], ids[(at + 2) % ids.size()]},
                        texts.at(ids[at]), members);
    region.run();
    if (testing::Test::HasFatalFailure()) return;
    ++done;
    corrected += region.corrected;
    std::printf(
        "%s tier %s: %zu rows; %zu statements of tables, %zu of them corrections of amounts, %zu "
        "corrections refused, %zu withdrawn and back, %zu headlines waived; the attacks find %zu\n",
        ids[at].c_str(), std::string(name(region.tier)).c_str(), rows, region.released,
        region.corrected, region.refused, region.withdrawn, region.waived.size(), region.findings);
    if (!at_full_length) continue;
    for (const auto& [reason, times] : region.reasons) {
      std::printf("refused %zu times: %s\n", times, reason.c_str());
    }
    for (const HeadlineFinding& one : region.waived) {
      std::printf("waived: %s\n", in_words(ids[at], one).c_str());
    }
    std::fflush(stdout);
  }
  EXPECT_EQ(done, wanted);
  EXPECT_TRUE(kSanitized || corrected > 0);
}

}  // namespace
}  // namespace regions
