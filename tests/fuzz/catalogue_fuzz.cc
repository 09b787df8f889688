// Any text as a catalogue file, a NACE code and a period: refused or read, never a crash.
#include "policies/catalogue/indicator.h"
#include "policies/catalogue/indicator_reader.h"
#include "policies/catalogue/nace.h"
#include "policies/catalogue/period.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView text(reinterpret_cast<const char*>(data), size);
  // Each reader alone: loading the whole catalogue again for every input would be slow.
  const regions::Catalogue& catalogue = regions::Catalogue::builtin();
  if (const auto top = regions::TomlTable::parse("fuzzed", text)) {
    if (const auto list = regions::CodeList::read(*top)) {
      for (const auto& code : list->codes()) CHECK(list->contains(code.code));
    }
    if (const auto indicator = regions::read_indicator(*top, catalogue)) {
      catalogue.definition(*indicator);
    }
    for (const auto attribute : {regions::Attribute::nace, regions::Attribute::size}) {
      const auto dimension =
          regions::Dimension::read_grouping(*top, attribute, catalogue.list(attribute));
      if (!dimension) continue;
      CHECK(dimension->category_of("") == dimension->unknown());
      for (const auto& code : catalogue.list(attribute).codes()) {
        CHECK(dimension->category_of(code.code) < dimension->categories().size());
      }
    }
  }
  if (const auto code = regions::NaceCodes::rev2().canonical(text)) {
    CHECK(regions::NaceCodes::rev2().section_of(text).has_value());
    CHECK(regions::NaceCodes::rev2().canonical(*code) == code);
  }
  if (const auto periods = regions::parse_period_range(text)) {
    CHECK(!periods->empty() && periods->size() <= regions::kPeriodYearsMax);
    for (const std::string& period : *periods) {
      const auto parsed = regions::Period::parse(period);
      CHECK(parsed && parsed->text() == period);
    }
  }
  return 0;
}
