// governance create; roster create, sign, install, show.
#include <algorithm>
#include <boost/json.hpp>
#include <ctime>
#include <iostream>
#include <set>

#include "node/base/clock.h"
#include "node/base/file.h"
#include "node/base/home.h"
#include "node/base/limits.h"
#include "node/publish/adopted_plan.h"
#include "node/regionctl/commands.h"
#include "node/regionctl/document.h"
#include "node/regionctl/governance_key.h"
#include "node/regionctl/member_file.h"
#include "node/regionctl/passphrase.h"
#include "node/regionctl/signing_memory.h"
#include "protocol/crypto/sha256.h"
#include "protocol/roster/charter.h"
#include "protocol/statement/dsse.h"

namespace regions {
namespace {

// Two years: long enough for governance, short enough that a forgotten federation is noticed.
constexpr std::uint64_t kRosterLifetimeSeconds = 2ULL * 365 * 24 * 3600;
constexpr std::size_t kBoardSeatsMax = 15;  // PROTOCOL 1: above 15 members a board governs

Result<void> create_governance(const std::string& file, const std::string& passphrase_file) {
  if (is_inside_home(file)) {
    return fail(
        Errc::refused,
        file + ": lies inside a node's home; a governance key is kept offline, away from the node");
  }
  TRY(const std::string passphrase, read_passphrase(passphrase_file, true));
  SystemRandom random;
  const PrivateKey key = PrivateKey::generate(random);
  TRY_VOID(write_governance_key(file, key.to_pem(passphrase), encode_public_key(key.public_key())));
  std::cout << "governance key " << file << " (encrypted)\npublic key "
            << encode_public_key(key.public_key()) << " in " << file
            << ".pub\nKeep the key offline, and make a second one for a safe.\n";
  return {};
}

struct RosterOptions {
  std::string federation;
  std::vector<std::string> member_files;
  std::vector<std::string> board;
  std::uint32_t threshold = 0;
  std::string plan;
  std::string out;
};

Result<std::vector<Member>> read_members(const RosterOptions& options) {
  std::vector<Member> members;
  for (const std::string& name : options.member_files) {
    TRY(const Bytes text, read_file(name, kConfigBytesMax));
    TRY(MemberFile file, parse_member_file(name, text));
    if (file.federation != options.federation) {
      return fail(Errc::invalid_input,
                  name + ": is for federation " + file.federation + ", not " + options.federation);
    }
    members.push_back(std::move(file.member));
  }
  std::sort(members.begin(), members.end(),
            [](const Member& a, const Member& b) { return a.id < b.id; });
  for (std::size_t i = 1; i < members.size(); ++i) {
    if (members[i].id != members[i - 1].id) continue;
    return fail(Errc::invalid_input,
                "member " + members[i].id + " stands twice; give its file once");
  }
  return members;
}

// Half and one, the least that PROTOCOL 1 allows.
std::uint32_t default_threshold(std::size_t seats) {
  return static_cast<std::uint32_t>(seats / 2 + 1);
}

// The plan that the federation adopts: the built-in one, a file, or none.
Result<std::optional<Digest>> adopted_plan(const std::string& option,
                                           const std::vector<Member>& members) {
  if (option == "none") return std::optional<Digest>();
  Bytes text(default_plan_toml());
  if (!option.empty()) {
    TRY(text, read_file(option, kConfigBytesMax));
  }
  const std::string name = option.empty() ? "the built-in release plan" : option;
  TRY(const AdoptedPlan plan, read_plan(name, text, Catalogue::builtin()));
  for (const auto& named : plan.plan.member_tiers) {
    const std::string& id = named.first;
    if (std::none_of(members.begin(), members.end(),
                     [&](const Member& member) { return member.id == id; })) {
      return fail(Errc::invalid_input, name + ": gives a tier to " + id +
                                           ", who is no member of this roster; write the id of "
                                           "one, or take the line out");
    }
  }
  return std::optional<Digest>(plan.digest);
}

Result<void> create_roster(const RosterOptions& options) {
  SystemClock clock;
  SystemRandom random;
  TRY(std::vector<Member> members, read_members(options));
  Charter charter{options.federation, random.digest(), {}};
  for (const Member& member : members) charter.founders.push_back({member.id, member.governance});
  TRY_VOID(check(charter));
  Roster roster;
  roster.charter = encode(charter);
  roster.issued_at = static_cast<std::uint64_t>(clock.now() / 60 * 60);
  roster.expires_at = roster.issued_at + kRosterLifetimeSeconds;
  TRY(roster.release_plan, adopted_plan(options.plan, members));
  roster.board = options.board;
  if (members.size() > kBoardSeatsMax && roster.board.empty()) {
    for (std::size_t i = 0; i < kBoardSeatsMax; ++i) roster.board.push_back(members[i].id);
  }
  std::sort(roster.board.begin(), roster.board.end());
  const std::size_t seats = roster.board.empty() ? members.size() : roster.board.size();
  roster.threshold = options.threshold == 0 ? default_threshold(seats) : options.threshold;
  roster.members = std::move(members);
  TRY(const Bytes envelope, unsigned_envelope(roster));
  TRY_VOID(write_new_file(options.out, envelope, 0644));
  std::cout << "roster 1 of " << options.federation << ": " << roster.members.size()
            << " members, threshold " << roster.threshold << " of " << seats << ", in "
            << options.out << "\nNow every founder signs it: regionctl roster sign " << options.out
            << " --key KEY\n";
  return {};
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
  return out;
}

// What a person compares before signing and over the telephone.
Result<void> print_roster(ByteView bytes, bool as_json) {
  TRY(const UnverifiedEnvelope envelope, decode_envelope(bytes));
  TRY(const Roster roster, decode_roster(envelope.payload));
  TRY(const Charter charter, decode_charter(roster.charter));
  const std::string genesis = sha256(envelope.payload).hex();
  const auto verified = open_genesis(envelope);
  if (as_json) {
    boost::json::array members;
    for (const Member& member : roster.members) {
      members.push_back({{"id", member.id},
                         {"status", std::string(name(member.status))},
                         {"territory", joined(member.territory)},
                         {"nuts_version", member.nuts_version}});
    }
    const boost::json::value out = {{"format", "regions4.roster/1"},
                                    {"federation", charter.name},
                                    {"federation_id", federation_id(charter).hex()},
                                    {"version", roster.version},
                                    {"genesis", genesis},
                                    {"threshold", roster.threshold},
                                    {"members", members},
                                    {"signatures", envelope.signatures.size()},
                                    {"complete", verified.has_value()}};
    std::cout << boost::json::serialize(out) << "\n";
    return {};
  }
  std::cout << "federation: " << charter.name << "\nfederation id: " << federation_id(charter).hex()
            << "\nversion: " << roster.version << "\nthreshold: " << roster.threshold
            << "\nrelease plan: "
            << (roster.release_plan ? roster.release_plan->hex() : "none, headlines only") << "\n";
  for (const Member& member : roster.members) {
    std::cout << "member: " << member.id << " (" << name(member.status) << "), NUTS "
              << member.nuts_version << " " << joined(member.territory) << "\n";
  }
  std::cout << "signatures: " << envelope.signatures.size() << " of " << roster.members.size()
            << ", " << (verified ? "complete" : "not complete: " + verified.error().context)
            << "\ngenesis: " << genesis
            << "\nRead the genesis fingerprint out by telephone; everybody must see the same.\n";
  return {};
}

Result<void> sign_roster(const std::string& file, const std::string& key_file,
                         const std::string& passphrase_file) {
  TRY(const auto document, read_document(file, kRosterPayloadType));
  const auto& [bytes, envelope] = document;
  TRY(const Roster roster, decode_roster(envelope.payload));
  TRY(const Charter charter, decode_charter(roster.charter));
  TRY(const PrivateKey key, load_governance_key(key_file, passphrase_file));
  TRY(const Bytes sealed, add_signature(bytes, key));
  // By name: a second roster 1 of the same name would be a second federation under it.
  TRY_VOID(remember_signing(key_file,
                            "roster " + charter.name + " " + std::to_string(roster.version),
                            sha256(envelope.payload)));
  TRY_VOID(write_file(file, sealed, 0644));
  return print_roster(sealed, false);
}

Result<void> install_roster(const Invocation& invocation, const std::string& file) {
  TRY(const auto document, read_document(file, kRosterPayloadType));
  const Bytes& bytes = document.bytes;
  TRY(const Bytes answer, call(invocation, "POST", "/v1/roster", bytes));
  if (invocation.json) {
    std::cout << answer;
    return {};
  }
  return print_roster(bytes, false);
}

Result<void> show_roster(const Invocation& invocation, const std::string& file) {
  if (file.empty()) {
    TRY(const Bytes bytes, call(invocation, "GET", "/v1/roster"));
    return print_roster(bytes, invocation.json);
  }
  TRY(const auto document, read_document(file, kRosterPayloadType));
  return print_roster(document.bytes, invocation.json);
}

void add_roster(Commands& commands) {
  CLI::App* roster = commands.add(&commands.app, "roster", "the federation's roster");
  roster->require_subcommand(1);
  auto options = std::make_shared<RosterOptions>();
  CLI::App* create =
      commands.add(roster, "create", "make charter and roster 1 from the members' files");
  create->add_option("--federation", options->federation, "the federation's name")->required();
  create
      ->add_option("--member", options->member_files,
                   "a file of regionctl member show; once per member")
      ->required();
  create->add_option("--threshold", options->threshold,
                     "signatures that change the roster later (default: half and one)");
  create
      ->add_option("--board", options->board,
                   "governing board above 15 members (default: the first 15)")
      ->delimiter(',');
  create->add_option("--plan", options->plan,
                     "release plan to adopt: a file, or none (default: the built-in plan)");
  create->add_option("--out", options->out, "the roster file to write")->required();
  commands.on(create, [options] { return create_roster(*options); });

  auto words = std::make_shared<std::map<std::string, std::string>>();
  CLI::App* sign = commands.add(roster, "sign", "add one founder's signature to a roster file");
  sign->add_option("FILE", (*words)["file"], "the roster file")->required();
  sign->add_option("--key", (*words)["key"], "the founder's governance key")->required();
  sign->add_option("--passphrase-file", (*words)["passphrase"], "file with the key's passphrase");
  commands.on(sign, [words] {
    return in_file((*words)["file"],
                   sign_roster((*words)["file"], (*words)["key"], (*words)["passphrase"]));
  });

  const Invocation& invocation = commands.invocation;
  CLI::App* install = commands.add(roster, "install", "install a roster that all founders signed");
  install->add_option("FILE", (*words)["file"], "the roster file")->required();
  commands.on(install, [words, &invocation] {
    return in_file((*words)["file"], install_roster(invocation, (*words)["file"]));
  });

  CLI::App* show = commands.add(roster, "show", "print a roster and its genesis fingerprint");
  show->add_option("FILE", (*words)["file"], "a roster file (default: the one installed)");
  commands.on(show, [words, &invocation] {
    return in_file((*words)["file"], show_roster(invocation, (*words)["file"]));
  });
}

}  // namespace

void add_governance(Commands& commands) {
  CLI::App* governance =
      commands.add(&commands.app, "governance", "a member's offline governance keys");
  governance->require_subcommand(1);
  auto words = std::make_shared<std::map<std::string, std::string>>();
  CLI::App* create = commands.add(governance, "create", "make an encrypted governance key");
  create->add_option("FILE", (*words)["file"], "where to write it; FILE.pub gets the public key")
      ->required();
  create->add_option("--passphrase-file", (*words)["passphrase"],
                     "file with the passphrase (default: typed)");
  commands.on(create,
              [words] { return create_governance((*words)["file"], (*words)["passphrase"]); });
  add_roster(commands);
}

}  // namespace regions
