#include "node/tables/outputs.h"

namespace regions {

Result<void> clear_outputs(const DisclosureSpec& spec, const std::filesystem::path& folder,
                           const std::filesystem::path& out,
                           const std::vector<std::string>& names) {
  std::vector<std::string> read = spec.files();
  if (!spec.input.metadata.empty()) read.push_back(spec.input.metadata);
  std::error_code error;
  for (const std::string& name : names) {
    for (const std::string& file : read) {
      if (!std::filesystem::equivalent(folder / file, out / name, error)) continue;
      return fail(Errc::invalid_input, (out / name).string() + ": " + spec.file + " reads it as " +
                                           file + "; name another folder with --out");
    }
  }
  for (const std::string& name : names) {
    std::filesystem::remove(out / name, error);
    if (error) return fail(Errc::io, (out / name).string() + ": " + error.message());
  }
  return {};
}

}  // namespace regions
