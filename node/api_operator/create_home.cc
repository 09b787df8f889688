#include <sys/stat.h>

#include "node/api_operator/node.h"
#include "node/base/file.h"
#include "node/storage/rocksdb_store.h"

namespace regions {
namespace {

constexpr unsigned kSecret = 0600;

Result<void> make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return fail(Errc::io, path.string() + ": " + error.message());
  if (::chmod(path.c_str(), 0700) != 0)
    return fail(Errc::io, path.string() + ": cannot be made private");
  return {};
}

Result<void> check_free(const Home& home) {
  std::error_code ignored;
  if (is_inside_home(home.dir())) {
    return fail(Errc::conflict,
                home.dir().string() + ": is a home, or lies in one; name a new folder");
  }
  if (!std::filesystem::exists(home.dir(), ignored)) return {};
  if (std::filesystem::is_directory(home.dir(), ignored) &&
      std::filesystem::is_empty(home.dir(), ignored)) {
    return {};
  }
  return fail(Errc::conflict,
              home.dir().string() + ": exists and is not an empty folder; name a new one");
}

}  // namespace

// The configuration comes last: a home without it is not a home yet, so an interrupted init can
// only be removed and made again.
Result<void> create_home(const Home& home, const Config& config,
                         const std::optional<std::string>& rules, Random& random) {
  TRY_VOID(check_free(home));
  TRY_VOID(check_options(config));
  const std::string config_text = encode_config(config);
  const std::string rules_text = rules.value_or(std::string(default_rule_set_toml()));
  TRY_VOID(parse_rule_set(home.rules().string(), rules_text));
  for (const auto& folder :
       {home.dir(), home.keys(), home.records(), home.shared(), home.rejects()}) {
    TRY_VOID(make_folder(folder));
  }
  for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
    TRY_VOID(write_new_file(home.key(role), PrivateKey::generate(random).to_pem(""), kSecret));
  }
  TRY_VOID(write_new_file(home.rules(), rules_text, kSecret));
  TRY_VOID(open_store(home.records(), Wing::confidential, true));
  TRY_VOID(open_store(home.shared(), Wing::shared, true));
  return write_new_file(home.config(), config_text, kSecret);
}

}  // namespace regions
