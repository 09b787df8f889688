#include "node/records/import.h"

#include <algorithm>
#include <future>

#include "node/records/apply.h"
#include "node/records/row_pool.h"
#include "node/records/seen_keys.h"
#include "policies/catalogue/toml_reader.h"

namespace regions {
namespace {

// What the import needs to know about each kind of row.
Bytes key_of(const CooperationRow& row) { return row.record.id(); }
Bytes key_of(const OrganisationRow& row) {
  Bytes key = row.id;
  if (row.state.has_valid_from()) {
    key += '\0';  // no identifier has one
    append_u32(key, static_cast<std::uint32_t>(row.state.valid_from()));
  }
  return key;
}
bool is_undated(const CooperationRow& row) {
  return !row.record.has_start() || !row.record.has_end();
}
bool is_undated(const OrganisationRow&) { return false; }
const records::Place& place_of(const CooperationRow& row) { return row.record.enterprise_place(); }
const records::Place& place_of(const OrganisationRow& row) { return row.state.place(); }
constexpr std::size_t id_field(const CooperationRow&) { return CooperationField::id; }
constexpr std::size_t id_field(const OrganisationRow&) { return OrganisationField::id; }

template <class RowType>
class Import {
 public:
  Import(CsvReader& csv, RowReader& reader, RecordStore& records, RejectSink& rejects,
         const ImportOptions& options, const ImportProgress& progress)
      : csv_(csv),
        reader_(reader),
        records_(records),
        sink_(rejects),
        options_(options),
        progress_(progress),
        nulls_(fields_of(options.kind).size()) {
    summary_.source_name = options.source_name;
    const Mapping& mapping = options.mapping ? *options.mapping : Mapping::builtin(options.kind);
    for (std::size_t field = 0; field < mapping.columns.size(); ++field) {
      const auto& column = mapping.columns[field];
      if (column && reader.column_of(field).empty()) {
        summary_.absent.push_back(
            {column->from, spare_near(column->from, mapping, reader.header())});
      }
    }
  }

  // The column of the header, among those that no field has, that `wanted` may be a slip of.
  static std::string spare_near(const std::string& wanted, const Mapping& mapping,
                                const std::vector<std::string>& header) {
    std::vector<std::string_view> spare;
    for (const std::string& name : header) {
      const auto names_it = [&](const auto& column) { return column && column->from == name; };
      if (std::none_of(mapping.columns.begin(), mapping.columns.end(), names_it)) {
        spare.push_back(name);
      }
    }
    return spare.empty() ? "" : std::string(near(wanted, spare));
  }

  Result<ImportSummary> run(const std::stop_token& stop) {
    for (;;) {
      if (stop.stop_requested()) return fail(Errc::cancelled, "import stopped");
      TRY(const auto next, csv_.next());
      if (next == CsvReader::Next::end) break;
      if (next == CsvReader::Next::reject) {
        refuse_unread();
      } else {
        TRY_VOID(take(csv_.record()));
      }
      if (is_full()) TRY_VOID(flush());
    }
    TRY_VOID(flush());
    TRY_VOID(settle());
    TRY_VOID(sink_.finish());
    sum_nulls();
    return std::move(summary_);
  }

 private:
  bool is_full() const {
    return rows_.size() >= options_.batch_rows || faults_.size() >= options_.batch_rows ||
           bytes_ >= kImportBatchBytes;
  }

  void refuse_unread() {
    const CsvReject& reject = csv_.reject();
    std::string column = reject.field ? reader_.header()[*reject.field] : std::string();
    faults_.push_back({reject.line, std::move(column), reject.reason, reject.text});
    bytes_ += reject.text.size();
  }

  Result<void> take(const CsvRecord& record) {
    bytes_ += record.text.size();
    RowType& row = rows_.spare();
    if (auto fault = reader_.read(record, row)) {
      refuse(faults_, row, std::move(*fault));
      return {};
    }
    if (seen_.size() >= kImportKeysMax) {
      return fail(Errc::too_large, "more than 16,000,000 rows; split the file");
    }
    // Only of rows that could be read: a good row behind a bad one of its key goes in.
    if (!seen_.insert(key_of(row))) {
      refuse(faults_, row,
             {reader_.column_of(id_field(row)),
              "this key stood in the file before; the first row is kept"});
      return {};
    }
    rows_.keep(record.text.size());
    return {};
  }

  static void refuse(std::vector<Reject>& faults, Row& row, RowFault fault) {
    faults.push_back(
        {row.line, std::move(fault.column), std::move(fault.reason), std::move(row.text)});
  }

  // Hands the batch over to be committed while the next one is read. One is under way at a time, so
  // they land in the order of the file.
  Result<void> flush() {
    TRY_VOID(settle());
    std::swap(under_way_.rows, rows_);
    std::swap(under_way_.faults, faults_);
    rows_.clear();
    faults_.clear();
    bytes_ = 0;
    // Without a policy: where no thread is to be had, settle() does the work itself.
    under_way_.applied =
        std::async([this] { return apply(records_, under_way_.rows.kept(), memory_); });
    return {};
  }

  // Waits for the batch under way, then says what was refused, in the order of the file.
  Result<void> settle() {
    if (!under_way_.applied.valid()) return {};
    TRY(auto applied, under_way_.applied.get());
    const std::span<RowType> rows = under_way_.rows.kept();
    auto& faults = under_way_.faults;
    std::size_t refusals = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (applied.outcomes[i] == RowOutcome::refused) {
        refuse(faults, rows[i], std::move(applied.refusals[refusals++]));
      } else {
        count(rows[i], applied.outcomes[i]);
      }
    }
    summary_.read += faults.size();
    summary_.rejected += faults.size();
    std::stable_sort(faults.begin(), faults.end(),
                     [](const Reject& a, const Reject& b) { return a.line < b.line; });
    for (const Reject& fault : faults) TRY_VOID(sink_.add(fault));
    if (progress_) progress_(summary_);
    return {};
  }

  void count(const RowType& row, RowOutcome outcome) {
    ++summary_.read;
    if (outcome == RowOutcome::added) ++summary_.added;
    if (outcome == RowOutcome::changed) ++summary_.changed;
    if (outcome == RowOutcome::unchanged) ++summary_.unchanged;
    if (is_undated(row)) ++summary_.undated;
    if (place_of(row).home() == records::HOME_UNKNOWN) ++summary_.unknown_place;
    for (std::size_t field = 0; field < nulls_.size(); ++field) {
      nulls_[field] += (row.nulls >> field) & 1;
    }
  }

  void sum_nulls() {
    for (const auto& column : reader_.header()) {
      for (std::size_t field = 0; field < nulls_.size(); ++field) {
        if (reader_.column_of(field) == column) summary_.nulls.push_back({column, nulls_[field]});
      }
    }
  }

  CsvReader& csv_;
  RowReader& reader_;
  RecordStore& records_;
  RejectSink& sink_;
  const ImportOptions& options_;
  const ImportProgress& progress_;
  SeenKeys seen_;
  ImportMemory memory_;         // of the thread that commits
  RowPool<RowType> rows_;       // of the batch
  std::vector<Reject> faults_;  // of the batch
  std::size_t bytes_ = 0;       // of both
  std::vector<std::uint64_t> nulls_;
  ImportSummary summary_;
  // Being committed. The future is the last member: it waits for its thread before the rest goes.
  struct UnderWay {
    RowPool<RowType> rows;
    std::vector<Reject> faults;
    std::future<Result<Applied>> applied;
  };
  UnderWay under_way_;
};

}  // namespace

Result<ImportSummary> import_csv(const ByteSource& source, const ImportOptions& options,
                                 RecordStore& records, const TerritoryRule& territory,
                                 RejectSink& rejects, const ImportProgress& progress,
                                 std::stop_token stop) {
  const std::string context = "importing " + options.source_name;
  const Mapping& mapping = options.mapping ? *options.mapping : Mapping::builtin(options.kind);
  if (mapping.record != options.kind) {
    return fail(Errc::invalid_input, context + ": " + mapping.file + " maps records of kind " +
                                         std::string(name(mapping.record)));
  }
  CsvReader csv(source, mapping.delimiter);
  auto header = csv.header();
  if (!header) return header.error().in(context);
  auto reader = RowReader::make(mapping, *header, territory, options.role);
  if (!reader) return reader.error().in(context);
  auto summary =
      options.kind == RecordKind::cooperation
          ? Import<CooperationRow>(csv, *reader, records, rejects, options, progress).run(stop)
          : Import<OrganisationRow>(csv, *reader, records, rejects, options, progress).run(stop);
  if (!summary) return summary.error().in(context);
  return summary;
}

}  // namespace regions
