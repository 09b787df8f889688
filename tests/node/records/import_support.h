// What tests of the import and the cube share: texts as sources, rejects kept in memory, simple
// territories.
#pragma once

#include <gtest/gtest.h>

#include "node/records/import.h"
#include "policies/catalogue/nuts.h"
#include "tests/support/result_matchers.h"

namespace regions {

inline ByteSource text_source(std::string text) {
  return [text = std::move(text), at = std::size_t{0}](
             char* out, std::size_t size) mutable -> Result<std::size_t> {
    const std::size_t count = text.copy(out, size, at);
    at += count;
    return count;
  };
}

class KeptRejects final : public RejectSink {
 public:
  Result<void> add(const Reject& reject) override {
    all.push_back(reject);
    return {};
  }
  Result<void> finish() override {
    finished = true;
    return {};
  }
  std::vector<Reject> all;
  bool finished = false;
};

// Members whose territory is the code that is their id.
inline TerritoryRule territory_of(std::string self, std::vector<std::string> members) {
  TerritoryRule rule;
  rule.self = self;
  rule.territory = {self};
  members.push_back(std::move(self));
  rule.home_of = [members = std::move(members)](std::string_view nuts) -> const std::string* {
    for (const auto& member : members) {
      if (is_within(nuts, member)) return &member;
    }
    return nullptr;
  };
  return rule;
}

inline const std::string kCooperationHeader =
    "coop_id,sme_id,firm_kind,sme_nuts,actor_id,actor_kind,actor_country,actor_nuts,start,end,"
    "technology_derived,amount_eur,amount_share_eur\n";
inline const std::string kOrganisationHeader = "org_id,name,kind,nuts,city,country,nace,size\n";

// One node's records: a store, a territory, and the last import's rejects.
class ImportBench {
 public:
  ImportBench(Store& store, TerritoryRule rule) : records(store), territory(std::move(rule)) {}

  Result<ImportSummary> import(ByteSource source, RecordKind kind, ImportRole role,
                               std::size_t batch_rows = kImportBatchRows) {
    ImportOptions options;
    options.kind = kind;
    options.role = role;
    options.mapping = mapping;
    options.source_name = "test.csv";
    options.batch_rows = batch_rows;
    rejects = KeptRejects();
    return import_csv(source, options, records, territory, rejects, {}, {});
  }
  Result<ImportSummary> cooperations(std::string rows, ImportRole role = ImportRole::own) {
    return import(text_source(kCooperationHeader + rows), RecordKind::cooperation, role);
  }
  Result<ImportSummary> organisations(std::string rows, ImportRole role = ImportRole::own) {
    return import(text_source(kOrganisationHeader + rows), RecordKind::organisation, role);
  }
  // "line column: reason" of every reject of the last import.
  std::vector<std::string> rejected() const {
    std::vector<std::string> lines;
    for (const auto& reject : rejects.all) {
      lines.push_back(std::to_string(reject.line) + " " + reject.column + ": " + reject.reason);
    }
    return lines;
  }
  records::Counts counts() const {
    auto counts = read_counts(records.reader());
    EXPECT_THAT(counts, IsOk());
    return counts ? *counts : records::Counts();
  }

  RecordStore records;
  TerritoryRule territory;
  std::optional<Mapping> mapping;
  KeptRejects rejects;
};

}  // namespace regions
