#include "node/exchange/verdict.h"

namespace regions {
namespace {

Bytes row_key(std::string_view member, std::uint64_t index) {
  Bytes key(member);
  key.push_back('\0');
  append_u64(key, index);
  return key;
}

}  // namespace

std::string_view name(StatementState state) {
  switch (state) {
    case StatementState::pending:
      return "pending";
    case StatementState::verified:
      return "verified";
    case StatementState::not_understood:
      return "not understood";
    case StatementState::invalid:
      return "invalid";
    case StatementState::undisclosed:
      return "undisclosed";
  }
  return "unknown";
}

void put_statement_row(Batch& batch, std::string_view member, std::uint64_t index,
                       const StatementRow& row) {
  Bytes value(1, static_cast<char>(row.state));
  value.append(row.id.view());
  value.append(row.state == StatementState::verified ? row.about : row.reason);
  batch.put(Area::statements, row_key(member, index), value);
}

Result<StatementRow> decode_statement_row(ByteView bytes) {
  if (bytes.size() < 33 || bytes[0] < 1 || bytes[0] > 5) {
    return fail(Errc::corrupt, "stored statement row");
  }
  TRY(const Digest id, Digest::from_bytes(bytes.substr(1, 32), "statement row"));
  StatementRow row{static_cast<StatementState>(bytes[0]), id, ""};
  (row.state == StatementState::verified ? row.about : row.reason) = bytes.substr(33);
  return row;
}

Result<void> for_each_row(const Reader& shared, std::string_view member, std::uint64_t from,
                          const std::function<bool(std::uint64_t, const StatementRow&)>& visit) {
  const Bytes prefix = row_key(member, 0).substr(0, member.size() + 1);
  const auto cursor = shared.scan(Area::statements, prefix, row_key(member, from));
  for (; cursor->valid(); cursor->next()) {
    if (cursor->key().size() != prefix.size() + 8)
      return fail(Errc::corrupt, "stored statement key");
    TRY(const StatementRow row, decode_statement_row(cursor->value()));
    if (!visit(read_u64(cursor->key().substr(prefix.size())), row)) return {};
  }
  return cursor->status();
}

}  // namespace regions
