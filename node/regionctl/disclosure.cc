// disclosure protect, disclosure attack: any table, without a node.
#include <boost/json.hpp>
#include <filesystem>
#include <iostream>

#include "node/base/file.h"
#include "node/regionctl/commands.h"
#include "node/regionctl/terminal_line.h"
#include "node/tables/outputs.h"
#include "node/tables/summary.h"
#include "node/tables/table_files.h"
#include "policies/catalogue/toml_reader.h"
#include "policies/disclosure/task/report.h"

namespace regions {
namespace {

namespace json = boost::json;

struct DisclosureCommand {
  std::string spec;
  std::string as = "full";
  std::string seed;
  std::string singletons;
  std::string out = ".";
  bool alone = false;
};

Convention convention_of(const std::string& text) {
  if (text == "tauargus") return Convention::tauargus;
  if (text == "sdctable") return Convention::sdctable;
  return text == "gauss" ? Convention::gauss : Convention::full;
}

struct Loaded {
  DisclosureSpec spec;
  BuiltTable built;
};

// `outputs`: the files that this run may write.
Result<Loaded> load(const DisclosureCommand& command, const std::vector<std::string>& outputs) {
  if (!command.singletons.empty() && command.as == "full") {
    return fail(Errc::invalid_input,
                "--singletons " + command.singletons +
                    ": an option of another tool, and full asks for more; name it with --as");
  }
  const auto read = read_file(command.spec, kTomlBytesMax);
  if (!read) return fail(Errc::invalid_input, read.error().context);
  const Bytes& text = *read;
  TRY(DisclosureSpec spec, parse_disclosure_spec(command.spec, text));
  if (!command.seed.empty()) spec.seed = command.seed;
  if (!command.singletons.empty()) spec.singletons = command.singletons;
  const auto folder = std::filesystem::path(command.spec).parent_path();
  TRY_VOID(clear_outputs(spec, folder, command.out, outputs));
  TRY_VOID(complete_spec(spec, folder));
  TRY(const TaskFiles files, read_task_files(spec, folder));
  TRY(BuiltTable built, build_table(spec, files));
  return Loaded{std::move(spec), std::move(built)};
}

// The report tells what the table hides: nobody else may read it.
Result<void> write_outputs(const DisclosureCommand& command, const std::string& table,
                           const std::string& report, const std::string& summary) {
  const std::filesystem::path folder(command.out);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(Errc::io, "--out " + command.out + ": " + error.message());
  constexpr unsigned kPublic = 0644, kPrivate = 0600;
  if (!table.empty()) TRY_VOID(write_file(folder / "table.csv", table, kPublic));
  TRY_VOID(write_file(folder / "report.csv", report, kPrivate));
  return write_file(folder / "summary.json", summary + "\n", kPrivate);
}

WorkListener on_terminal(const std::string& what) {
  auto line = std::make_shared<TerminalLine>();
  return [line, what](const WorkStep& step) {
    if (!line->is_due()) return;
    line->say(what + ": " + std::string(step.what) + ", " + std::to_string(step.done) + " of " +
              std::to_string(step.of));
  };
}

void print_pattern(const std::string& what, const json::object& pattern) {
  std::cout << what << ": " << pattern.at("primaries") << " unsafe, " << pattern.at("secondaries")
            << " withheld besides, cost " << std::string(pattern.at("cost").as_string());
}

void print_findings(const json::object& attacked) {
  for (const json::value& one : attacked.at("findings").as_array()) {
    const auto text = [&](const char* key) { return std::string(one.at(key).as_string()); };
    std::cout << "  unsafe: " << text("cell") << ": " << text("inferred_by") << " comes within "
              << text("left_below") << " below, " << text("left_above") << " above; asked for "
              << text("level_below") << ", " << text("level_above") << "\n";
  }
}

void print_summary(const json::object& out) {
  print_pattern(std::string(out.at("convention").as_string()), out);
  std::cout << " (" << std::string(out.at("method").as_string()) << ", gap " << out.at("gap")
            << ", " << out.at("programs") << " programs)\n";
  if (const std::size_t told = out.at("disclosed").as_array().size(); told > 0) {
    std::cout << "unsafe cells that earlier releases tell: " << told << "; see report.csv\n";
  }
  if (const json::value* published = out.if_contains("published")) {
    print_pattern("published pattern", published->as_object());
    std::cout << (published->at("safe").as_bool() ? ", safe\n" : ", unsafe\n");
    print_findings(published->as_object());
  }
  if (const json::value* full = out.if_contains("full")) {
    print_pattern("full rules", full->as_object());
    std::cout << "; extra cost " << std::string(full->at("extra_cost").as_string()) << "\n";
  }
  if (const json::value* refused = out.if_contains("full_refused")) {
    std::cout << "full rules: " << std::string(refused->as_string()) << "\n";
  }
}

// What the full rules cost more than the convention asked for.
void compare_with_full(const Loaded& loaded, ProtectSummary& summary,
                       std::optional<Protected>& full) {
  auto made = protect(loaded.spec, loaded.built, Convention::full, loaded.spec.seed,
                      on_terminal("full rules"));
  if (made) {
    full = std::move(*made);
    summary.full = &*full;
  } else {
    summary.full_refused = made.error().text();
  }
}

Result<void> run_protect(const DisclosureCommand& command, bool as_json) {
  TRY(const Loaded loaded, load(command, {"table.csv", "report.csv", "summary.json"}));
  const Convention convention = convention_of(command.as);
  TRY(const Protected made, protect(loaded.spec, loaded.built, convention, loaded.spec.seed,
                                    on_terminal("disclosure protect")));
  ProtectSummary summary{&loaded.built, convention, &made, nullptr, nullptr, ""};
  std::optional<Attacked> published;
  if (loaded.spec.pattern) {
    TRY(published, attack(loaded.spec, loaded.built, convention, on_terminal("published pattern")));
    summary.published = &*published;
  }
  const Pattern& withheld = made.suppression.withheld;
  const std::string table = published_csv(loaded.built, withheld);
  const std::string report = report_csv(loaded.built, *made.assembly, withheld, made.report);
  json::object out = summary_of(summary);
  TRY_VOID(write_outputs(command, table, report, json::serialize(out)));
  std::optional<Protected> full;
  if (convention != Convention::full && !command.alone) {
    // What was asked for stands already: the full rules may take much longer.
    compare_with_full(loaded, summary, full);
    out = summary_of(summary);
    TRY_VOID(write_outputs(command, table, report, json::serialize(out)));
  }
  if (as_json) {
    std::cout << json::serialize(out) << "\n";
  } else {
    print_summary(out);
  }
  return {};
}

Result<void> run_attack(const DisclosureCommand& command, bool as_json) {
  TRY(const Loaded loaded, load(command, {"report.csv", "summary.json"}));
  const Convention convention = convention_of(command.as);
  TRY(const Attacked attacked,
      attack(loaded.spec, loaded.built, convention, on_terminal("disclosure attack")));
  const json::object out = summary_of(loaded.built, convention, attacked);
  TRY_VOID(write_outputs(
      command, "", report_csv(loaded.built, *attacked.assembly, attacked.withheld, attacked.report),
      json::serialize(out)));
  if (as_json) {
    std::cout << json::serialize(out) << "\n";
  } else {
    print_pattern("pattern", out);
    std::cout << "\n";
    print_findings(out);
  }
  if (attacked.report.findings.empty() && attacked.report.disclosed.empty()) return {};
  return fail(Errc::refused,
              command.spec +
                  ": the pattern is not safe: " + std::to_string(attacked.report.findings.size()) +
                  " levels are not kept, " + std::to_string(attacked.report.disclosed.size()) +
                  " unsafe cells are disclosed; see report.csv");
}

void add_options(CLI::App* command, DisclosureCommand& options) {
  command->add_option("SPEC", options.spec, "a file of format regions4.disclosure/1")->required();
  command->add_option("--as", options.as, "whose conventions: full, tauargus, sdctable, gauss")
      ->check(CLI::IsMember({"full", "tauargus", "sdctable", "gauss"}));
  command->add_option("--singletons", options.singletons,
                      "with --as: that tool's singleton option, such as none");
  command->add_option("--out", options.out, "folder for table.csv, report.csv, summary.json");
}

}  // namespace

void add_disclosure(Commands& commands) {
  const Invocation& invocation = commands.invocation;
  CLI::App* top =
      commands.add(&commands.app, "disclosure", "protects or attacks any table, without a node");
  top->require_subcommand(1);
  auto options = std::make_shared<DisclosureCommand>();
  CLI::App* protecting =
      commands.add(top, "protect", "choose which cells are withheld; nothing unsafe comes out");
  add_options(protecting, *options);
  protecting->add_option("--seed", options->seed, "breaks ties between patterns of equal cost");
  protecting->add_flag("--alone", options->alone,
                       "with --as: without what the full rules cost more");
  commands.on(protecting,
              [options, &invocation] { return run_protect(*options, invocation.json); });
  CLI::App* attacking = commands.add(top, "attack", "what a published pattern gives away");
  add_options(attacking, *options);
  commands.on(attacking, [options, &invocation] { return run_attack(*options, invocation.json); });
}

}  // namespace regions
