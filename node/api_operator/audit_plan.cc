#include "node/api_operator/audit_plan.h"

#include "node/base/file.h"
#include "node/base/limits.h"
#include "node/exchange/table_judge.h"
#include "protocol/statement/dsse.h"

namespace regions {
namespace {

// nullopt: it is not here.
Result<std::optional<Plan>> plan_of(const Digest& named, const std::string& file) {
  const Catalogue& catalogue = Catalogue::builtin();
  const std::string name = file.empty() ? "the built-in release plan" : file;
  Bytes text(default_plan_toml());
  if (!file.empty()) {
    TRY(text, read_file(file, kConfigBytesMax));
  }
  TRY(Plan plan, parse_plan(name, text, catalogue));
  const Digest digest = plan_digest(plan, catalogue);
  if (digest == named) return std::optional(std::move(plan));
  if (file.empty()) return std::optional<Plan>();
  return fail(Errc::invalid_input, "--plan " + file + ": its digest is " + digest.hex() +
                                       ", the log's roster names " + named.hex());
}

std::string path_of(const ReleaseLine& line) { return "envelope/" + line.id.hex() + ".dsse"; }

// The verifier has read it, so that it is what it was then or the folder changes under us.
Result<Release> release_of(const ExportedFiles& files, const ReleaseLine& line) {
  TRY(const Bytes bytes, files.read(path_of(line), kEnvelopeBytesMax));
  TRY(const auto envelope, decode_envelope(bytes));
  if (statement_id(envelope.payload_type, envelope.payload) != line.id) {
    return fail(Errc::mismatch, path_of(line) + ": has changed while it was read");
  }
  TRY(Statement statement, decode_payload(envelope.payload_type, envelope.payload));
  return std::get<Release>(std::move(statement));
}

Judgement judge(const Release& release, const Plan* plan) {
  const Catalogue& catalogue = Catalogue::builtin();
  const Indicator* indicator = catalogue.find(release.indicator);
  if (indicator == nullptr) return not_understood("indicator " + release.indicator);
  if (catalogue.definition(*indicator) != release.definition) {
    return not_understood("another definition of " + release.indicator);
  }
  return judge_table(release, plan, catalogue);
}

}  // namespace

Result<PlanAudit> hold_against_plan(const ExportedFiles& files, const Report& report,
                                    const std::string& plan_file) {
  PlanAudit audit;
  std::optional<Plan> plan;
  if (report.release_plan) {
    TRY(plan, plan_of(*report.release_plan, plan_file));
    if (!plan) return audit;
  } else if (!plan_file.empty()) {
    return fail(Errc::invalid_input,
                "--plan " + plan_file + ": the log's roster names no plan, headlines only");
  }
  audit.held = true;
  for (const ReleaseLine& line : report.releases) {
    TRY(const Release release, release_of(files, line));
    const Judgement judgement = judge(release, plan ? &*plan : nullptr);
    if (judgement.state == StatementState::verified) continue;
    auto& found = judgement.state == StatementState::invalid ? audit.faults : audit.not_planned;
    found.push_back(path_of(line) + ": " + judgement.reason);
  }
  return audit;
}

}  // namespace regions
