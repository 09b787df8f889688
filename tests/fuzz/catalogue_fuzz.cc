// Any text as a catalogue file, a NACE code and a period: refused or read, never a crash.
#include "policies/catalogue/indicator.h"
#include "policies/catalogue/nace.h"
#include "policies/catalogue/period.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const regions::ByteView text(reinterpret_cast<const char*>(data), size);
  static const std::string_view kSizes =
      "format = \"regions4.codes/1\"\nid = \"sizes\"\nversion = \"1\"\ncode = []\n";
  static const std::string_view kTechnologies =
      "format = \"regions4.codes/1\"\nid = \"technologies\"\nversion = \"1\"\ncode = []\n";
  if (const auto catalogue = regions::Catalogue::load(
          {{"fuzzed", text}, {"sizes", kSizes}, {"technologies", kTechnologies}})) {
    for (const auto& indicator : catalogue->indicators()) catalogue->definition(indicator);
  }
  if (const auto code = regions::NaceCodes::rev2().canonical(text)) {
    CHECK(regions::NaceCodes::rev2().section_of(text).has_value());
    CHECK(regions::NaceCodes::rev2().canonical(*code) == code);
  }
  if (const auto years = regions::parse_period_range(text)) {
    CHECK(!years->empty() && years->size() <= regions::kPeriodYearsMax);
  }
  return 0;
}
