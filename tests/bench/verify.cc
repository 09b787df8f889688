#include "node/log/log_store.h"
#include "ops/bench.d/meter.h"
#include "tests/bench/parts.h"
#include "tests/support/federation/test_federation.h"

namespace regions::bench {
namespace {

struct Logged {
  Bytes entry;
  Bytes envelope;
};

constexpr int kStatements = 64;

// All that the log holds behind its two adoptions, from index 2 on.
std::vector<Logged> read_log(const TestLog& log, const Store& store) {
  std::vector<Logged> all;
  const LogStore stored(store, log.member());
  for (std::uint64_t i = 2; i < log.size(); ++i) {
    const Bytes entry = stored.entry(i).value();
    const ByteView id = ByteView(entry).substr(entry.size() - 32);
    all.push_back({entry, store.get(Area::envelopes, id).value().value()});
  }
  return all;
}

void judge_all(const Acceptor& acceptor, const std::vector<Logged>& statements) {
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const auto judged = acceptor.judge("ES", i + 2, statements[i].entry, statements[i].envelope);
    CHECK(judged.state == StatementState::verified);
  }
}

void measure(const std::string& name, const Acceptor& acceptor,
             const std::vector<Logged>& statements, int seconds) {
  judge_all(acceptor, statements);
  std::size_t count = 0;
  const Meter meter;
  Reading reading;
  do {
    judge_all(acceptor, statements);
    count += statements.size();
    reading = meter.stop();
  } while (reading.cpu_s < seconds);
  print(name, reading, static_cast<double>(count));
}

}  // namespace

void measure_verify(int seconds) {
  const TestFederation federation({"DE24", "ES", "PT16"});
  const Acceptor by_plan(federation.membership(), Catalogue::builtin(), shared_default_plan());
  MemoryStore headlines, tables;
  federation.install(headlines);
  federation.install(tables);
  TestLog headline_log(federation, headlines, "ES"), table_log(federation, tables, "ES");
  for (int i = 0; i < kStatements; ++i) {
    headline_log.append(headline_log.release("2017"));
    table_log.append(table_log.table("technology-group", "2018-2020", {"technology_group"}));
  }
  measure("verify.headline", *federation.acceptor(), read_log(headline_log, headlines), seconds);
  measure("verify.table", by_plan, read_log(table_log, tables), seconds);
}

}  // namespace regions::bench
