#include "protocol/statement/statement.h"

namespace regions {
namespace {

std::string type_of(const Release&) { return payload_type_for("release"); }
std::string type_of(const Withdrawal&) { return payload_type_for("withdrawal"); }
std::string type_of(const KeysetAdopted&) { return payload_type_for("keyset-adopted"); }
std::string type_of(const RosterAdopted&) { return payload_type_for("roster-adopted"); }
std::string type_of(const NotUnderstood& unknown) { return unknown.payload_type; }

const Header* header_in(const NotUnderstood&) { return nullptr; }
template <class Kind>
const Header* header_in(const Kind& kind) {
  return &kind.header;
}

}  // namespace

std::string payload_type_of(const Statement& statement) {
  return std::visit([](const auto& value) { return type_of(value); }, statement);
}

const Header* header_of(const Statement& statement) {
  return std::visit([](const auto& value) { return header_in(value); }, statement);
}

Entry entry_of(const Statement& statement, const Digest& id) {
  const Header* header = header_of(statement);
  CHECK(header != nullptr);
  const std::string type = payload_type_of(statement);  // `named` is a view into it
  const auto named = kind_named_by(type);
  const auto kind = named ? entry_kind_of(*named) : std::nullopt;
  CHECK(kind.has_value());
  return {*kind, header->audience.kind, header->sequence, header->issued_at, id};
}

}  // namespace regions
