// A mapping of any bytes: accepted or refused with a reason; an accepted one reads a row or refuses
// it.
#include <cstdint>

#include "node/records/row.h"

namespace regions {
namespace {

void read_with(const Mapping& mapping, std::string_view text) {
  TerritoryRule rule;
  rule.self = "PT16";
  rule.territory = {"PT16"};
  rule.home_of = [&](std::string_view) { return &rule.self; };
  std::vector<std::string> header;
  for (const auto& column : mapping.columns) {
    if (column) header.push_back(column->from);
  }
  auto reader = RowReader::make(mapping, header, rule, ImportRole::own);
  if (!reader) {
    CHECK(!reader.error().context.empty());
    return;
  }
  CsvRecord record;
  record.fields.assign(header.size(), text.substr(0, 16));
  if (mapping.record == RecordKind::cooperation) {
    CooperationRow row;
    (void)reader->read(record, row);
  } else {
    OrganisationRow row;
    (void)reader->read(record, row);
  }
}

}  // namespace
}  // namespace regions

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto mapping = regions::Mapping::parse("fuzz.toml", text);
  if (mapping) {
    regions::read_with(*mapping, text);
  } else {
    CHECK(!mapping.error().context.empty());
  }
  return 0;
}
