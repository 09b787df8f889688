// Any text as a catalogue file, a NACE code and a period: refused or read, never a crash.
#include "policies/catalogue/indicator.h"
#include "policies/catalogue/nace.h"
#include "policies/catalogue/period.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView text(reinterpret_cast<const char*>(data), size);
  auto sources = regions::Catalogue::builtin_sources();
  sources.emplace_back("fuzzed", text);
  if (const auto catalogue = regions::Catalogue::load(sources)) {
    for (const auto& indicator : catalogue->indicators()) catalogue->definition(indicator);
    for (const auto& dimension : catalogue->dimensions()) {
      CHECK(dimension.category_of("") == dimension.unknown());
      CHECK(dimension.category_of("robotics") < dimension.categories().size());
    }
  }
  // A code list is a second one beside the built-in, so it is read alone.
  if (const auto top = regions::TomlTable::parse("fuzzed", text)) {
    if (const auto list = regions::CodeList::read(*top)) {
      for (const auto& code : list->codes()) CHECK(list->contains(code.code));
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
