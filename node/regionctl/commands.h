// The commands of regionctl. Each function adds its commands to the application; running one sets
// `exit_code`.
#pragma once

#include <CLI/CLI.hpp>

#include "node/regionctl/client.h"

namespace regions {

// The error with the file that it is about in front, unless it names it already.
inline Result<void> in_file(const std::string& file, const Result<void>& done) {
  if (done || file.empty() || done.error().context.find(file) != std::string::npos) return done;
  return done.error().in(file);
}

struct Commands {
  CLI::App& app;
  Invocation& invocation;
  int& exit_code;

  // A command below `parent` whose options fall through to --home and --json.
  CLI::App* add(CLI::App* parent, const std::string& name, const std::string& text) {
    CLI::App* command = parent->add_subcommand(name, text);
    command->fallthrough();
    return command;
  }
  // Runs `action` when the command is named; its error is reported.
  template <class Action>
  void on(CLI::App* command, Action action) {
    command->callback([this, action] {
      const Result<void> done = action();
      if (!done) exit_code = report(done.error());
    });
  }
  // The same of what ends in an exit code of its own.
  template <class Action>
  void on_verdict(CLI::App* command, Action action) {
    command->callback([this, action] {
      const Result<int> code = action();
      exit_code = code ? *code : report(code.error());
    });
  }
};

void add_founding(Commands& commands);    // init, member, keyset
void add_governance(Commands& commands);  // governance, roster
void add_records(Commands& commands);     // import
void add_release(Commands& commands);     // release
void add_ledger(Commands& commands);      // withdraw, ledger show, forget, erase-members
void add_ledger_witnesses(Commands& commands, CLI::App* ledger);  // ledger witnesses
void add_audit_witnesses(Commands& commands, CLI::App* audit);    // audit witnesses
void add_plan(Commands& commands);                                // plan show, check, next
void add_answers(Commands& commands);     // query, progress, status, peers, metrics
void add_log(Commands& commands);         // log export, audit verify
void add_disclosure(Commands& commands);  // disclosure protect, attack

}  // namespace regions
