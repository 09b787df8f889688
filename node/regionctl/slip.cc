#include "node/regionctl/slip.h"

#include "policies/catalogue/toml_reader.h"

namespace regions {
namespace {

std::string slip(const std::string& word, const char* what, const std::vector<std::string>& known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  return word + ": no such " + what + "; did you mean " + std::string(nearest(word, views)) + "?";
}

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

// Options fall through to the commands above.
std::vector<std::string> options_of(const CLI::App* app) {
  std::vector<std::string> names;
  for (; app != nullptr; app = app->get_parent()) {
    for (const CLI::Option* option : app->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

bool is_among(const std::vector<std::string>& names, const std::string& word) {
  return std::find(names.begin(), names.end(), word) != names.end();
}

}  // namespace

std::string find_slip(const CLI::App& app, int argc, const char* const* argv) {
  const CLI::App* at = &app;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.rfind("--", 0) == 0 && word.size() > 2) {
      const std::string name = word.substr(0, word.find('='));
      const auto known = options_of(at);
      if (!is_among(known, name)) return slip(name, "option", known);
      const CLI::Option* option = nullptr;
      for (const CLI::App* up = at; up != nullptr && option == nullptr; up = up->get_parent()) {
        option = up->get_option_no_throw(name);
      }
      const bool takes_value = option != nullptr && option->get_items_expected_max() > 0;
      if (takes_value && word == name) ++i;
      continue;
    }
    const auto commands = commands_of(*at);
    if (commands.empty()) continue;  // an argument of the last command
    if (!is_among(commands, word)) return slip(word, "command", commands);
    at = at->get_subcommand(word);
  }
  return "";
}

}  // namespace regions
