// init, member show; keyset create, sign, install.
#include <ctime>
#include <iostream>

#include "node/api_operator/node.h"
#include "node/base/file.h"
#include "node/base/limits.h"
#include "node/regionctl/commands.h"
#include "node/regionctl/document.h"
#include "node/regionctl/governance_key.h"
#include "node/regionctl/member_file.h"
#include "node/regionctl/signing_memory.h"
#include "policies/catalogue/nuts.h"
#include "protocol/crypto/sha256.h"
#include "protocol/statement/dsse.h"

namespace regions {
namespace {

struct InitOptions {
  std::string dir;
  Config config;
  std::string rules_file;
};

Result<void> init(const InitOptions& options) {
  std::optional<std::string> rules;
  if (!options.rules_file.empty()) {
    TRY(rules, read_file(options.rules_file, kConfigBytesMax));
  }
  SystemRandom random;
  TRY_VOID(create_home(Home(options.dir), options.config, rules, random));
  std::cout << "home of " << options.config.member << " in " << options.dir
            << "\nNext: regionctl governance create FILE, outside this home.\n";
  return {};
}

struct MemberOptions {
  std::vector<std::string> governance_files;
  std::vector<std::string> territory;
  std::string since;
  std::string out;
};

std::string today() {
  const std::time_t now = SystemClock().now();
  char text[16];
  std::tm parts{};
  std::strftime(text, sizeof text, "%Y-%m-%d", gmtime_r(&now, &parts));
  return text;
}

// Ascending codes: one that lies within another stands behind it.
Result<void> check_apart(const std::vector<std::string>& territory) {
  for (std::size_t i = 1; i < territory.size(); ++i) {
    if (!territory[i].starts_with(territory[i - 1])) continue;
    return fail(Errc::invalid_input, "--territory " + territory[i] + ": lies within " +
                                         territory[i - 1] + "; name it once");
  }
  return {};
}

Result<void> show_member(const Invocation& invocation, const MemberOptions& options) {
  if (invocation.home.empty())
    return fail(Errc::invalid_input, "no home: give --home DIR or set REGIONS_HOME");
  const Home home(invocation.home);
  TRY(const Bytes text, read_file(home.config(), kConfigBytesMax));
  TRY(const Config config, parse_config(text, home.config().string()));
  MemberFile file;
  file.federation = config.federation;
  file.member.id = config.member;
  file.member.territory =
      options.territory.empty() ? std::vector<std::string>{config.member} : options.territory;
  std::sort(file.member.territory.begin(), file.member.territory.end());
  for (const std::string& code : file.member.territory) {
    if (NutsCodes::version_2021().contains(code)) continue;
    return fail(Errc::invalid_input,
                "territory " + code + ": not a code of NUTS 2021; name the codes with --territory");
  }
  TRY_VOID(check_apart(file.member.territory));
  file.member.territory_from = options.since.empty() ? today() : options.since;
  for (const std::string& name : options.governance_files) {
    TRY(const Bytes line, read_file(name, kKeyFileBytesMax));
    auto key = parse_public_key(line);
    if (!key) return key.error().in(name);
    file.member.governance.push_back(std::move(*key));
  }
  std::sort(file.member.governance.begin(), file.member.governance.end());
  if (std::adjacent_find(file.member.governance.begin(), file.member.governance.end()) !=
      file.member.governance.end()) {
    return fail(Errc::invalid_input, "--governance: the same key twice; name two different ones");
  }
  if (file.member.governance.size() < 2) {
    std::cerr
        << "regionctl: one governance key only; if it is lost, so is the member. Make a second "
           "one for a safe and name both.\n";
  }
  const std::string out = encode_member_file(file);
  if (options.out.empty()) {
    std::cout << out;
    return {};
  }
  TRY_VOID(write_new_file(options.out, out, 0644));
  std::cout << "member " << file.member.id << " in " << options.out
            << "\nNow give it to the founder who runs regionctl roster create.\n";
  return {};
}

Result<void> create_keyset(const Invocation& invocation, const std::string& endpoint,
                           const std::string& out) {
  TRY(const Bytes envelope,
      call(invocation, "POST", make_target("/v1/keyset/create", {{"endpoint", endpoint}})));
  TRY_VOID(write_new_file(out, envelope, 0644));
  std::cout << "key set 1 in " << out
            << "\nNow sign it beside the governance key: regionctl keyset sign " << out
            << " --key KEY\n";
  return {};
}

Result<void> sign_keyset_file(const std::string& file, const std::string& key_file,
                              const std::string& passphrase_file) {
  TRY(const auto document, read_document(file, kKeySetPayloadType));
  const auto& [bytes, envelope] = document;
  TRY(const KeySet keyset, decode_keyset(envelope.payload));
  TRY(const PrivateKey key, load_governance_key(key_file, passphrase_file));
  auto signed_bytes = sign_keyset(bytes, key);
  if (!signed_bytes && signed_bytes.error().code == Errc::conflict) {
    return fail(Errc::conflict, signed_bytes.error().context +
                                    "; if that was the wrong key, make the key set anew with "
                                    "regionctl keyset create");
  }
  TRY(const Bytes sealed, std::move(signed_bytes));
  TRY_VOID(remember_signing(key_file,
                            "keyset " + keyset.federation.hex() + " " + keyset.member + " " +
                                std::to_string(keyset.number),
                            sha256(envelope.payload)));
  TRY_VOID(write_file(file, sealed, 0644));
  std::cout << "key set " << keyset.number << " of " << keyset.member
            << " signed: " << sha256(envelope.payload).hex() << "\n";
  for (const std::string& endpoint : keyset.endpoints) {
    std::cout << "  its peers will dial " << endpoint << "\n";
  }
  std::cout << "  signed with " << encode_public_key(key.public_key())
            << ", which must be a governance key of " << keyset.member << "\n";
  return {};
}

Result<void> install_keysets(const Invocation& invocation, const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    TRY(const auto document, read_document(file, kKeySetPayloadType));
    const auto answer = call(invocation, "POST", "/v1/keyset", document.bytes);
    if (!answer) return answer.error().in(file);
    if (invocation.json) {
      std::cout << *answer;
    } else {
      std::cout << file << ": installed\n";
    }
  }
  return {};
}

void add_keyset(Commands& commands) {
  const Invocation& invocation = commands.invocation;
  CLI::App* keyset =
      commands.add(&commands.app, "keyset", "the keys of this node and of its peers");
  keyset->require_subcommand(1);
  auto words = std::make_shared<std::map<std::string, std::string>>();
  CLI::App* create = commands.add(keyset, "create", "write this node's key set, still unsigned");
  create->add_option("--out", (*words)["out"], "the file to write")->required();
  create->add_option("--endpoint", (*words)["endpoint"],
                     "HOST:PORT where peers reach this node (default: listen)");
  commands.on(create, [words, &invocation] {
    return create_keyset(invocation, (*words)["endpoint"], (*words)["out"]);
  });

  CLI::App* sign = commands.add(keyset, "sign", "sign a key set with the member's governance key");
  sign->add_option("FILE", (*words)["file"], "the key set file")->required();
  sign->add_option("--key", (*words)["key"], "the governance key")->required();
  sign->add_option("--passphrase-file", (*words)["passphrase"], "file with the key's passphrase");
  commands.on(sign, [words] {
    return in_file((*words)["file"],
                   sign_keyset_file((*words)["file"], (*words)["key"], (*words)["passphrase"]));
  });

  auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* install =
      commands.add(keyset, "install", "install signed key sets, this node's own first");
  install->add_option("FILES", *files, "key set files")->required();
  commands.on(install, [files, &invocation] { return install_keysets(invocation, *files); });
}

}  // namespace

void add_founding(Commands& commands) {
  const Invocation& invocation = commands.invocation;
  auto options = std::make_shared<InitOptions>();
  CLI::App* start = commands.add(&commands.app, "init", "make the home of a new node");
  start->add_option("DIR", options->dir, "a new folder")->required();
  start->add_option("--federation", options->config.federation, "the federation's name")
      ->required();
  start->add_option("--member", options->config.member, "this member's id, for ever")->required();
  start->add_option("--listen", options->config.listen, "HOST:PORT of the peer port")->required();
  start->add_option("--rules", options->rules_file, "a rule set instead of the default one");
  commands.on(start, [options] { return init(*options); });

  CLI::App* member =
      commands.add(&commands.app, "member", "what the other members must know of this one");
  member->require_subcommand(1);
  auto shown = std::make_shared<MemberOptions>();
  CLI::App* show = commands.add(member, "show", "write id, territory and governance keys as JSON");
  show->add_option("--governance", shown->governance_files,
                   "a governance public key file; once or twice")
      ->required();
  show->add_option("--territory", shown->territory, "NUTS 2021 codes (default: the member id)")
      ->delimiter(',');
  show->add_option("--since", shown->since, "the date since when, YYYY-MM-DD (default: today)");
  show->add_option("--out", shown->out, "the file to write (default: standard output)");
  commands.on(show, [shown, &invocation] { return show_member(invocation, *shown); });
  add_keyset(commands);
}

}  // namespace regions
