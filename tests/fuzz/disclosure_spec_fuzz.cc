// A specification of any bytes over a small table of cells: refused with a reason, or protected,
// and then nothing that its attack finds unsafe comes out.
#include <cstdint>

#include "policies/disclosure/task/protect.h"

namespace regions {
namespace {

TaskFiles small_files(const DisclosureSpec& spec) {
  TaskFiles files;
  for (const std::string& file : spec.files()) {
    files.texts[file] = "A\n@A1\n@A2\nB\n";
    files.tables[file] = {file,
                          {"r", "v", "n", "s"},
                          {{"A1", "5", "2", "U"}, {"A2", "7", "4", "S"}, {"B", "9", "5", "S"}},
                          {2, 3, 4}};
  }
  return files;
}

}  // namespace
}  // namespace regions

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace regions;
  const auto spec = parse_disclosure_spec(
      "fuzz.toml", std::string_view(reinterpret_cast<const char*>(data), size));
  if (!spec) {
    CHECK(!spec.error().context.empty());
    return 0;
  }
  const auto built = build_table(*spec, small_files(*spec));
  if (!built) {
    CHECK(!built.error().context.empty());
    return 0;
  }
  const auto made = protect(*spec, *built, Convention::full, spec->seed);
  CHECK(made.has_value() ? made->report.findings.empty() : !made.error().context.empty());
  return 0;
}
