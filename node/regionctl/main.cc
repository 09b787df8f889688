// regionctl: everything an operator, a coordinator or an auditor does with a node.
#include <csignal>
#include <iostream>

#include "node/base/core_dump.h"
#include "node/base/log.h"
#include "node/regionctl/commands.h"
#include "node/regionctl/slip.h"

int main(int argc, char** argv) {
  regions::keep_memory_out_of_core_dumps();
  std::signal(SIGPIPE, SIG_IGN);
  regions::start_log(regions::LogLevel::warning);
  CLI::App app{
      "regionctl: operates the node of one region, queries the federation, verifies logs\n"
      "Exit codes: 0 done or valid, 1 failed, refused or invalid, 2 wrong use, 3 indeterminate"};
  regions::Invocation invocation;
  int exit_code = regions::kDone;
  app.add_option("--home", invocation.home, "the home folder (default: REGIONS_HOME)")
      ->envname("REGIONS_HOME");
  app.add_flag("--json", invocation.json, "print data as JSON");
  app.set_version_flag("--version", REGIONS_VERSION);
  app.require_subcommand(1);
  regions::Commands commands{app, invocation, exit_code};
  regions::add_founding(commands);
  regions::add_governance(commands);
  regions::add_records(commands);
  regions::add_release(commands);
  regions::add_ledger(commands);
  regions::add_plan(commands);
  regions::add_answers(commands);
  regions::add_log(commands);
  regions::add_disclosure(commands);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    const std::string slip = regions::find_slip(app, argc, argv);
    const std::string help = "; regionctl --help, also behind a command, says what there is";
    std::cerr << "regionctl: " << (slip.empty() ? error.what() + help : slip) << "\n";
    return regions::kWrongUse;
  } catch (const std::exception& error) {
    std::cerr << "regionctl: " << error.what() << "\n";
    return regions::kFailed;
  }
  return exit_code;
}
