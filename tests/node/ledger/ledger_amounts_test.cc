// Decisions about amounts: what is kept of them, and what is refused when it is read back.
#include "node/ledger/amount_rows.h"
#include "node/ledger/ledger_rows.h"
#include "tests/support/fault_store.h"
#include "tests/support/memory_store.h"
#include "tests/support/result_matchers.h"

namespace regions {
namespace {

const std::string kAmount = "COOP-FUND-EUR";

Digest filled(char byte) { return Digest::from_bytes(Bytes(32, byte), "test").value(); }

AmountDecision amounts(std::uint32_t number = 1) {
  AmountDecision made;
  made.indicator = kAmount;
  made.number = number;
  made.definition = filled('d');
  made.decided_at = 1'718'000'000;
  made.rules.coalition = 2;
  made.rules.headline_waives_observer_rule = true;
  made.rule_set = filled('r');
  made.method = AmountMethod::incumbent;
  made.cost = 3.5;
  made.bound = 3.25;
  const std::string period =
      std::to_string(2013 + 3 * number) + "-" + std::to_string(2015 + 3 * number);
  made.cells = {{{period, {}}, 2'500'000, {}, 2'512'345},
                {{period, {{"actor_group", "_U"}, {"size", "small"}}}, {}, {7, 9, 0}, 8},
                {{period, {{"actor_group", "a"}}}, 0, {}, 0}};
  made.intervals = {{period + " actor_group=_U", "anybody", 0, 20, false, true},
                    {"2014", "anybody", 3, 4, true, false}};
  made.disclosed = {{{"2014", "2015"}, "somebody", {5, 6, 0}, 1, 2},
                    {{"2016"}, "anybody", {5, 6, 0}, 0, 0}};
  return made;
}

std::vector<AmountWitness> completions() {
  return {{"2014", true, {{"2014", -3}, {"2015", 4}}}, {"2015", false, {{"2015", 9}}}};
}

LedgerRelease stated(std::uint32_t version = 1) {
  LedgerRelease out;
  out.figure = {kAmount, "2016-2018", "total"};
  out.version = version;
  out.ref.id = filled(static_cast<char>('a' + version));
  out.definition = filled('d');
  out.decision = 1;
  return out;
}

class LedgerAmounts : public testing::Test {
 protected:
  void file(const NewAmounts& made, std::uint32_t version = 1) {
    PendingStatement pending{stated(version), "envelope"};
    pending.release.decision = made.decision.number;
    ASSERT_OK(ledger.prepare({}, pending, made));
    ASSERT_OK(ledger.finish(pending, 7));
  }
  // The row of decision 1, changed.
  void put(const ledger::Amounts& row) {
    Batch batch;
    batch.put(Area::decisions, numbered(amount_prefix(kAmount), 1), seal(row));
    ASSERT_OK(store.commit(batch));
  }
  ledger::Amounts row() const {
    ledger::Amounts out;
    EXPECT_TRUE(
        unseal(*store.get(Area::decisions, numbered(amount_prefix(kAmount), 1)).value(), out));
    return out;
  }

  MemoryStore store;
  Ledger ledger{store};
};

TEST_F(LedgerAmounts, ADamagedRowIsCorruptWhereverItIsDamaged) {
  file({amounts(), completions()});
  const auto contents = store.contents();
  for (const auto& [key, value] : contents[static_cast<std::size_t>(Area::decisions)]) {
    for (std::size_t at = 0; at < value.size(); ++at) {
      Bytes changed = value;
      changed[at] = static_cast<char>(changed[at] ^ 0x11);
      for (const Bytes& damaged : {changed, value.substr(0, at)}) {
        Batch batch;
        batch.put(Area::decisions, key, damaged);
        ASSERT_OK(store.commit(batch));
        EXPECT_FALSE(ledger.amounts(kAmount).has_value() &&
                     ledger.witnesses(kAmount, 1).has_value())
            << key << " byte " << at;
      }
    }
    Batch batch;
    batch.put(Area::decisions, key, value);
    ASSERT_OK(store.commit(batch));
  }
  EXPECT_THAT(ledger.amounts(kAmount), IsOk());
}

TEST_F(LedgerAmounts, FiguresThatNoDecisionHasAreCorrupt) {
  file({amounts(), completions()});
  const ledger::Amounts good = row();
  using Change = void (*)(ledger::Amounts&);
  for (const Change change : std::initializer_list<Change>{
           [](ledger::Amounts& row) { row.mutable_amounts(0)->set_value(2'500'001); },
           [](ledger::Amounts& row) { row.mutable_amounts(0)->set_value(-100'000); },
           [](ledger::Amounts& row) {
             row.mutable_amounts(0)->set_value(INT64_MAX / 100'000 * 100'000);
           },
           [](ledger::Amounts& row) { row.mutable_amounts(1)->set_cents(-1); },
           [](ledger::Amounts& row) { row.mutable_amounts(1)->set_lower(-1); },
           [](ledger::Amounts& row) { row.mutable_amounts(1)->mutable_categories()->RemoveLast(); },
           [](ledger::Amounts& row) { row.mutable_amounts(1)->set_dimensions(1, "actor_group"); },
           [](ledger::Amounts& row) { row.mutable_rules()->set_minimum(2); },
           [](ledger::Amounts& row) { row.set_method(5); },
           [](ledger::Amounts& row) { row.set_rule_set("short"); },
           [](ledger::Amounts& row) { row.clear_definition(); }}) {
    ledger::Amounts changed = good;
    change(changed);
    put(changed);
    EXPECT_THAT(ledger.amounts(kAmount), IsErr(Errc::corrupt)) << changed.ShortDebugString();
  }
  put(good);
  EXPECT_EQ(ledger.amounts(kAmount).value(), std::vector{amounts()});
}

TEST_F(LedgerAmounts, AMissingDecisionIsCorruptAlsoTheLastOne) {
  const auto missing = [&](std::uint32_t number, const std::string& said) {
    Batch batch;
    batch.erase(Area::decisions, numbered(amount_prefix(kAmount), number));
    ASSERT_OK(store.commit(batch));
    const auto read = ledger.amounts(kAmount);
    ASSERT_THAT(read, IsErr(Errc::corrupt));
    EXPECT_THAT(read.error().context, testing::HasSubstr(said));
  };
  file({amounts(1), {}});
  file({amounts(2), {}}, 2);
  missing(2, "decision 2 is missing, which total of COOP-FUND-EUR, 2016-2018 states");
  file({amounts(2), {}}, 2);
  missing(1, "what was decided about COOP-FUND-EUR");
}

TEST_F(LedgerAmounts, WitnessesOfNoCellAreCorrupt) {
  ledger::Witnesses row = to_row(completions());
  row.mutable_witnesses(0)->set_of(1, 2);
  EXPECT_THAT(from_row(row), IsErr(Errc::corrupt));
  row = to_row(completions());
  row.mutable_witnesses(0)->add_cents(1);
  EXPECT_THAT(from_row(row), IsErr(Errc::corrupt));
  row = to_row(completions());
  row.mutable_witnesses(1)->set_cell(9);
  EXPECT_THAT(from_row(row), IsErr(Errc::corrupt));
  EXPECT_THAT(ledger.witnesses(kAmount, 1), IsErr(Errc::corrupt));
}

TEST_F(LedgerAmounts, EveryDecisionIsReadBackAsItWas) {
  EXPECT_TRUE(ledger.amounts(kAmount)->empty());
  file({amounts(1), completions()});
  file({amounts(2), {}}, 2);
  EXPECT_EQ(ledger.amounts(kAmount).value(), (std::vector{amounts(1), amounts(2)}));
  EXPECT_EQ(ledger.all_amounts().value(), (std::vector{amounts(1), amounts(2)}));
  EXPECT_TRUE(ledger.amounts("OTHER")->empty());
  EXPECT_EQ(ledger.witnesses(kAmount, 1).value(), completions());
  EXPECT_TRUE(ledger.witnesses(kAmount, 2)->empty());
}

TEST_F(LedgerAmounts, ASecretThatIsNoneOrDamagedIsCorrupt) {
  const Bytes key = numbered(figure_prefix(kOpeningPrefix, stated().figure), 1);
  const auto put_row = [&](const Bytes& row) {
    Batch batch;
    batch.put(Area::releases, key, row);
    ASSERT_OK(store.commit(batch));
    EXPECT_THAT(ledger.witness_secret(stated().figure, 1), IsErr(Errc::corrupt));
  };
  ASSERT_OK(ledger.prepare({}, {stated(), "envelope"}, {}, Bytes(32, 'w')));
  const Bytes good = *store.get(Area::releases, key).value();
  for (std::size_t at = 0; at < good.size(); ++at) {
    Bytes changed = good;
    changed[at] = static_cast<char>(changed[at] ^ 0x11);
    put_row(changed);
    put_row(good.substr(0, at));
  }
  ledger::Opening row;
  row.set_secret(Bytes(31, 'w'));
  put_row(seal(row));
}

// A release of an earlier build has none, and is read like any other.
TEST_F(LedgerAmounts, WhatOpensAClaimIsThereWithTheStatementThatMakesIt) {
  file({amounts(), completions()});
  EXPECT_EQ(ledger.witness_secret(stated().figure, 1).value(), std::nullopt);
  const PendingStatement pending{stated(2), "envelope"};
  ASSERT_OK(ledger.prepare({}, pending, {}, Bytes(32, 'w')));
  EXPECT_EQ(ledger.witness_secret(stated().figure, 2).value(), Bytes(32, 'w'));
  ASSERT_OK(ledger.finish(pending, 8));
  EXPECT_EQ(ledger.witness_secret(stated().figure, 2).value(), Bytes(32, 'w'));
  EXPECT_EQ(ledger.witness_secret(stated().figure, 1).value(), std::nullopt);
  EXPECT_EQ(ledger.all_releases()->size(), 2u);
  EXPECT_THAT(ledger.check_format(), IsOk());
}

// The statement that brings a decision is pending in the same write, or neither is there.
TEST_F(LedgerAmounts, AWriteThatFailsLeavesAllOfItOrNothing) {
  for (const auto flavour : {FaultStore::Flavour::not_applied, FaultStore::Flavour::applied}) {
    MemoryStore own;
    FaultStore faulty(own);
    Ledger tested(faulty);
    faulty.fail_at(1, flavour);
    EXPECT_FALSE(tested.prepare({}, {stated(), "envelope"}, NewAmounts{amounts(), completions()}));
    faulty.heal();
    const bool pending = tested.pending()->has_value();
    EXPECT_EQ(pending, flavour == FaultStore::Flavour::applied);
    EXPECT_EQ(tested.amounts(kAmount)->size(), pending ? 1u : 0u);
    EXPECT_EQ(tested.witnesses(kAmount, 1).has_value(), pending);
  }
}

// The bytes on disk, as this build first wrote them.
TEST_F(LedgerAmounts, RowsAreWhatTheyWere) {
  EXPECT_EQ(amount_prefix(kAmount), "amount/COOP-FUND-EUR/");
  EXPECT_EQ(figure_prefix(kOpeningPrefix, stated().figure),
            "opening/COOP-FUND-EUR/2016-2018/total/federation/");
  EXPECT_EQ(to_hex(seal(to_row(completions()))),
            "68eed51aefaec7930a04323031340a0432303135120a10011a02000122020508120808011a010122"
            "0112");
  EXPECT_EQ(to_hex(seal(to_row(amounts()))),
            "4a4976a2a60a31780880e6b4e60c1220727272727272727272727272727272727272727272727272"
            "72727272727272721a0c0801100318022001280a305a222064646464646464646464646464646464"
            "646464646464646464646464646464642802310000000000000c40390000000000000a4042150a09"
            "323031362d3230313820c096b10238b2d7b202422f0a09323031362d32303138120b6163746f725f"
            "67726f7570120473697a651a025f551a05736d616c6c280e30123810421d0a09323031362d323031"
            "38120b6163746f725f67726f75701a016120004a1e0a18323031362d32303138206163746f725f67"
            "726f75703d5f55182828014a0c0a043230313410061808200152140a04323031340a043230313518"
            "0a200c28023004520c0a04323031361001180a200c");
}

AmountMembers holders() {
  AmountMembers made{Bytes(32, 's'), filled('c'), {}, {}, 0};
  for (const char* name : {"a", "b", "c"}) {
    made.parties.push_back(party_tag(made.secret, {PartyKind::holding, name}));
  }
  std::sort(made.parties.begin(), made.parties.end());
  made.rows = {{0, {1, 2}, false, 2021, 500, {1, 0}}, {1, {}, true, 2022, 7, {0, 3}}};
  return made;
}

TEST_F(LedgerAmounts, WhoseAmountsTheyWereIsKeptUntilItIsForgotten) {
  file({amounts(), completions(), holders()});
  EXPECT_EQ(ledger.amount_members(kAmount, 1).value(), holders());
  EXPECT_FALSE(ledger.amount_members(kAmount, 2)->has_value());
  EXPECT_EQ(ledger.erase_holdings({"nobody"}, false)->decisions.at(0), 0u);
  EXPECT_EQ(ledger.erase_holdings({"b"}, false)->decisions.at(0), 1u);
  EXPECT_EQ(ledger.erase_holdings({"b"}, false)->decisions.at(0), 0u);
  ASSERT_OK_AND(const auto left, ledger.amount_members(kAmount, 1));
  EXPECT_EQ(left->parties.size(), 2u);
  EXPECT_EQ(left->erased, 1u);
}

TEST_F(LedgerAmounts, ErasedRowsLeaveTheDecisionAndTheOthers) {
  file({amounts(1), completions(), holders()});
  file({amounts(2), {}, holders()}, 2);
  EXPECT_EQ(ledger.erase_amount_members(kAmount, 3).value(), 0u);
  EXPECT_EQ(ledger.erase_amount_members("OTHER", 1).value(), 0u);
  EXPECT_EQ(ledger.erase_amount_members(kAmount, 1).value(), 1u);
  EXPECT_EQ(ledger.erase_amount_members(kAmount, 1).value(), 0u);
  EXPECT_FALSE(ledger.amount_members(kAmount, 1)->has_value());
  EXPECT_EQ(ledger.amount_members(kAmount, 2).value(), holders());
  EXPECT_EQ(ledger.amounts(kAmount)->size(), 2u);
  EXPECT_EQ(ledger.witnesses(kAmount, 1).value(), completions());
}

TEST_F(LedgerAmounts, RowsOfNobodyAreRefused) {
  const auto refused = [&](const auto& change) {
    ledger::AmountMembers row = to_row(holders());
    change(row);
    Batch batch;
    batch.put(Area::decisions, numbered(holders_prefix(kAmount), 1), seal(row));
    ASSERT_OK(store.commit(batch));
    EXPECT_THAT(ledger.amount_members(kAmount, 1), IsErr(Errc::corrupt));
    EXPECT_THAT(ledger.erase_holdings({"a"}, false), IsErr(Errc::corrupt));
  };
  refused([](ledger::AmountMembers& row) { row.mutable_rows(0)->set_holding(3); });
  refused([](ledger::AmountMembers& row) { row.mutable_rows(0)->set_known_to(1, 3); });
  refused([](ledger::AmountMembers& row) { row.mutable_rows(1)->set_cents(0); });
  refused([](ledger::AmountMembers& row) { row.set_secret("short"); });
  refused([](ledger::AmountMembers& row) { row.set_parties(row.parties() + "x"); });
  refused([](ledger::AmountMembers& row) { row.set_codes("x"); });
}

}  // namespace
}  // namespace regions
