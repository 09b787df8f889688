// ledger witnesses; audit witnesses: the claim of a release held against what it was made from.
#include <boost/json.hpp>
#include <iostream>

#include "node/base/file.h"
#include "node/regionctl/commands.h"
#include "node/regionctl/disk_export.h"
#include "node/regionctl/rows.h"
#include "protocol/base/limits.h"
#include "protocol/statement/dsse.h"
#include "protocol/statement/opening.h"
#include "protocol/statement/statement.h"

namespace regions {
namespace {

namespace json = boost::json;

// For scripts: the exit status of a claim that does not match is that of a failed command.
int say_whether(bool matches, const std::string& release, const std::string& about) {
  std::cout << (matches ? "matches" : "does not match") << ": the claim of release " << release
            << about << "\n";
  return matches ? kDone : kFailed;
}

// Written for the operator alone; an auditor gets it by a safe way.
Result<int> open_claim(const Invocation& invocation, const std::string& id,
                       const std::string& file) {
  TRY(const Bytes bytes,
      call(invocation, "POST", make_target("/v1/ledger/open", {{"release", id}})));
  TRY(const Opening opening, decode_opening(bytes));
  TRY_VOID(write_new_file(file, bytes, 0600));
  std::cout << file << ": opens the claim of release " << opening.release.hex()
            << "; for the auditor alone\n";
  return kDone;
}

Result<int> show_witnesses(const Invocation& invocation, const std::string& id) {
  TRY(const Bytes answer,
      call(invocation, "GET", make_target("/v1/ledger/witnesses", {{"release", id}})));
  const json::value told = json::parse(answer);
  const bool matches = told.at("matches").as_bool();
  if (invocation.json) {
    std::cout << answer;
    return matches ? kDone : kFailed;
  }
  const std::size_t count = told.at("witnesses").as_array().size();
  return say_whether(matches, id,
                     ", " + text_of(told, "table") + " of " + text_of(told, "indicator") + ", " +
                         text_of(told, "period") + ", and " + std::to_string(count) +
                         " witnesses of the ledger");
}

// Whether the envelope is what the name says is asked here; whose it is, by audit verify.
Result<Release> exported_release(const std::string& folder, const Digest& id) {
  TRY(const DiskExport files, DiskExport::open(folder));
  const std::string path = "envelope/" + id.hex() + ".dsse";
  const auto bytes = files.read(path, kEnvelopeBytesMax);
  if (!bytes) return bytes.error().in(folder + ": no release " + id.hex() + " is in that log");
  TRY(const auto envelope, decode_envelope(*bytes));
  if (statement_id(envelope.payload_type, envelope.payload) != id) {
    return fail(Errc::mismatch, folder + "/" + path + ": is another statement");
  }
  TRY(Statement statement, decode_payload(envelope.payload_type, envelope.payload));
  auto* release = std::get_if<Release>(&statement);
  if (release == nullptr) return fail(Errc::invalid_input, folder + "/" + path + ": is no release");
  return std::move(*release);
}

Result<int> audit_claim(const Invocation& invocation, const std::string& file,
                        const std::string& folder) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    return fail(Errc::invalid_input,
                file +
                    ": a folder; first FILE, which regionctl ledger witnesses --open wrote, then "
                    "EXPORT, the folder");
  }
  TRY(const Bytes bytes, read_file(file, kOpeningBytesMax));
  const auto opening = decode_opening(bytes);
  if (!opening) {
    return fail(Errc::invalid_input, file + ": not what regionctl ledger witnesses --open writes");
  }
  TRY(const Release release, exported_release(folder, opening->release));
  const bool matches =
      release.claim.witnesses == witnesses_digest(opening->secret, opening->witnesses);
  if (!invocation.json) {
    return say_whether(matches, opening->release.hex(), " in " + folder + ", and " + file);
  }
  const json::value out = {
      {"format", "regions4.opened/1"}, {"release", opening->release.hex()}, {"matches", matches}};
  std::cout << json::serialize(out) << "\n";
  return matches ? kDone : kFailed;
}

}  // namespace

void add_ledger_witnesses(Commands& commands, CLI::App* ledger) {
  const Invocation& invocation = commands.invocation;
  auto id = std::make_shared<std::string>(), file = std::make_shared<std::string>();
  CLI::App* shown =
      commands.add(ledger, "witnesses",
                   "hold the claim of a release of an amount against what the ledger has (exit 0 "
                   "matches, 1 does not)");
  shown->add_option("ID", *id, "the release, 64 hex digits: regionctl ledger show")->required();
  shown->add_option("--open", *file,
                    "a new file for an auditor of the region, with the secret of that claim");
  commands.on_verdict(shown, [id, file, &invocation] {
    return file->empty() ? show_witnesses(invocation, *id) : open_claim(invocation, *id, *file);
  });
}

void add_audit_witnesses(Commands& commands, CLI::App* audit) {
  const Invocation& invocation = commands.invocation;
  auto file = std::make_shared<std::string>(), folder = std::make_shared<std::string>();
  CLI::App* held = commands.add(audit, "witnesses",
                                "hold a claim that was opened against the release in an exported "
                                "log (exit 0 matches, 1 does not)");
  held->add_option("FILE", *file, "what regionctl ledger witnesses --open wrote")->required();
  held->add_option("EXPORT", *folder, "the exported folder; audit verify says whether it is valid")
      ->required();
  commands.on_verdict(
      held, [file, folder, &invocation] { return audit_claim(invocation, *file, *folder); });
}

}  // namespace regions
