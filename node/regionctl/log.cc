// log export, audit verify.
#include <boost/json.hpp>
#include <iostream>

#include "node/api_operator/audit_plan.h"
#include "node/base/file.h"
#include "node/base/limits.h"
#include "node/regionctl/commands.h"
#include "node/regionctl/disk_export.h"
#include "protocol/evidence/export_verifier.h"

namespace regions {
namespace {

namespace json = boost::json;

Result<void> export_log(const Invocation& invocation, const std::string& dir,
                        const std::string& member) {
  TRY(ExportWriter writer, ExportWriter::create(dir));
  Params params;
  if (!member.empty()) params["member"] = member;
  const LocalRequest request{"GET", make_target("/v1/log/export", params), {}};
  TRY_VOID(call(invocation, request, [&](std::string_view piece) { return writer.take(piece); }));
  TRY(const std::size_t files, writer.finish());
  std::cout << dir << ": " << files << " files\n";
  return {};
}

struct AuditOptions {
  std::string path;
  std::string genesis;
  std::string roster;
  std::string plan;
};

json::value release_json(const ReleaseLine& line) {
  return {{"index", line.index},
          {"id", line.id.hex()},
          {"indicator", line.indicator},
          {"period", line.period},
          {"table", line.table},
          {"issued_at", line.issued_at},
          {"published", line.cells_published},
          {"withheld", line.cells_withheld}};
}

json::array strings(const std::vector<std::string>& all) {
  json::array out;
  for (const std::string& one : all) out.push_back(json::value(one));
  return out;
}

std::string report_json(const Report& report, const PlanAudit& plan) {
  json::array reasons, releases;
  for (const std::string& reason : report.reasons) reasons.push_back(json::value(reason));
  for (const ReleaseLine& line : report.releases) releases.push_back(release_json(line));
  const auto digest = [](const std::optional<Digest>& d) {
    return d ? json::value(d->hex()) : json::value(nullptr);
  };
  const json::value out = {{"format", "regions4.audit/1"},
                           {"verdict", std::string(name(report.verdict))},
                           {"reasons", reasons},
                           {"federation", report.federation},
                           {"genesis", digest(report.genesis)},
                           {"roster_version", report.roster_version},
                           {"member", report.member},
                           {"origin", report.origin},
                           {"size", report.size},
                           {"root", digest(report.root)},
                           {"payloads_verified", report.payloads_verified},
                           {"not_disclosed", report.not_disclosed},
                           {"not_understood", report.not_understood},
                           {"release_plan", digest(report.release_plan)},
                           {"held_against_plan", plan.held},
                           {"not_planned", strings(plan.not_planned)},
                           {"releases", releases}};
  return json::serialize(out) + "\n";
}

void print_plan_audit(const Report& report, const PlanAudit& plan) {
  if (!plan.held) {
    if (report.verdict == Verdict::invalid) return;
    std::cout << "Not held against the release plan "
              << (report.release_plan ? report.release_plan->hex() : "")
              << ", which is not the built-in one: give --plan FILE.\n";
    return;
  }
  const std::string named = report.release_plan ? "the release plan " + report.release_plan->hex()
                                                : "what a roster without a plan allows";
  std::cout << "Held against " << named << ": " << plan.not_planned.size()
            << " releases are none of its tables and in no answer.\n";
  for (const std::string& one : plan.not_planned) std::cout << "  " << one << "\n";
}

void print_report(const Report& report, const PlanAudit& plan) {
  std::cout << name(report.verdict) << "\n";
  for (const std::string& reason : report.reasons) std::cout << "  " << reason << "\n";
  if (report.reasons == std::vector<std::string>{"no trust anchor"}) {
    std::cout << "  give --genesis HEX, the fingerprint that the founders read out\n";
  }
  if (report.origin.empty()) return;
  std::cout << "log " << report.origin << ", roster " << report.roster_version << "\n"
            << report.size << " entries, " << report.payloads_verified << " payloads verified, "
            << report.not_disclosed << " not disclosed, " << report.not_understood
            << " not understood\n";
  for (const ReleaseLine& line : report.releases) {
    std::cout << "  " << line.index << "  " << line.table << " of " << line.indicator << " "
              << line.period << ": " << line.cells_published << " published, "
              << line.cells_withheld << " withheld  " << line.id.hex() << "\n";
  }
  print_plan_audit(report, plan);
  std::cout << "What never entered a log no verifier can see.\n";
}

Result<Anchor> anchor_of(const AuditOptions& options) {
  Anchor anchor;
  if (!options.genesis.empty()) {
    auto genesis = Digest::from_hex(options.genesis, "--genesis");
    if (!genesis) return fail(Errc::invalid_input, genesis.error().context);
    anchor.genesis = *genesis;
  }
  if (!options.roster.empty()) {
    TRY(anchor.roster, read_file(options.roster, kDocumentBytesMax));
  }
  return anchor;
}

Result<int> audit(const Invocation& invocation, const AuditOptions& options) {
  TRY(const Anchor anchor, anchor_of(options));
  TRY(const DiskExport files, DiskExport::open(options.path));
  Report report = verify_export(files, anchor);
  PlanAudit plan;
  if (report.verdict != Verdict::invalid) {
    TRY(plan, hold_against_plan(files, report, options.plan));
    if (!plan.faults.empty()) report.verdict = Verdict::invalid;
    for (const std::string& fault : plan.faults) report.reasons.push_back(fault);
  }
  if (invocation.json) {
    std::cout << report_json(report, plan);
  } else {
    print_report(report, plan);
  }
  switch (report.verdict) {
    case Verdict::valid:
      return kDone;
    case Verdict::indeterminate:
      return kIndeterminate;
    case Verdict::invalid:
      break;
  }
  return kFailed;
}

}  // namespace

void add_log(Commands& commands) {
  const Invocation& invocation = commands.invocation;
  CLI::App* log = commands.add(&commands.app, "log", "this node's log, and those it follows");
  log->require_subcommand(1);
  auto words = std::make_shared<std::map<std::string, std::string>>();
  CLI::App* out = commands.add(log, "export", "write a log as the folder that an auditor reads");
  out->add_option("DIR", (*words)["dir"], "a new folder")->required();
  out->add_option("--member", (*words)["member"], "whose log (default: this node's own)");
  commands.on(out, [words, &invocation] {
    return export_log(invocation, (*words)["dir"], (*words)["member"]);
  });

  CLI::App* audit_command = commands.add(&commands.app, "audit", "verification without a node");
  audit_command->require_subcommand(1);
  auto options = std::make_shared<AuditOptions>();
  CLI::App* verify =
      commands.add(audit_command, "verify", "verify an exported log (exit 0, 1 or 3)");
  verify->add_option("PATH", options->path, "the exported folder")->required();
  verify->add_option("--genesis", options->genesis,
                     "the genesis fingerprint, got by other means than the folder");
  verify->add_option("--roster", options->roster, "roster 1, got by other means than the folder");
  verify->add_option("--plan", options->plan,
                     "the release plan that the roster names (default: the built-in one)");
  add_audit_witnesses(commands, audit_command);
  int& exit_code = commands.exit_code;
  verify->callback([options, &invocation, &exit_code] {
    const auto code = audit(invocation, *options);
    exit_code = code ? *code : report(code.error());
  });
}

}  // namespace regions
