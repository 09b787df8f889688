#include "policies/disclosure/table/tau_metadata.h"

#include <algorithm>
#include <array>

#include "policies/catalogue/toml_reader.h"
#include "policies/disclosure/table/limits.h"
#include "protocol/base/bytes.h"

namespace regions {
namespace {

// A tag and what it says: <HIERCODELIST> "region.hrc".
struct Tag {
  std::string name;  // upper case
  std::vector<std::string> words;
};

constexpr std::array<std::string_view, 31> kTags{
    "SEPARATOR", "SAFE",     "UNSAFE",       "PROTECT",      "RECODEABLE", "RECODABLE",
    "TOTCODE",   "CODELIST", "HIERARCHICAL", "HIERCODELIST", "HIERLEVELS", "HIERLEADSTRING",
    "DISTANCE",  "NUMERIC",  "DECIMALS",     "WEIGHT",       "HOLDING",    "REQUEST",
    "FREQUENCY", "SHADOW",   "COSTVAR",      "COST",         "MAXSCORE",   "STATUS",
    "LOWERPL",   "UPPERPL",  "TRUNCATABLE",  "RECORDKEY",    "PFILE",      "WAIVER",
    "GROUPING"};

// Of the cell key method and other programs: nothing that a table of cells reads.
constexpr std::array<std::string_view, 9> kPassedOver{"CKM",        "INCLUDEZEROS", "SEPARATION",
                                                      "PARITY",     "SCALING",      "EPSILON",
                                                      "PFILE_CONT", "PFILE_SEP",    "HOUSE_ID"};

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

class MetadataReader {
 public:
  explicit MetadataReader(std::string_view file) : file_(file) {}

  Result<TauMetadata> run(std::string_view text) && {
    for (line_ = 1; !text.empty(); ++line_) {
      const std::size_t end = text.find('\n');
      TRY_VOID(read_line(text.substr(0, end)));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    if (made_.variables.empty()) return wrong("no variables", "give a .rda file");
    for (const TauVariable& variable : made_.variables) {
      if (made_.separator || (variable.start > 0 && variable.width > 0)) continue;
      line_ = variable.line;
      return wrong("'" + variable.name + "' has no place",
                   "write its first byte and its width behind the name, or <SEPARATOR> above");
    }
    return std::move(made_);
  }

 private:
  Error wrong(std::string_view what, std::string_view remedy) const {
    std::string text = std::string(file_) + " line " + std::to_string(line_) + ": ";
    ((text += what) += "; ") += remedy;
    return fail(Errc::invalid_input, std::move(text));
  }

  // Words are separated by blanks; one in quotes may hold some. `first_code`: the first in quotes
  // behind the first word, or their number.
  Result<std::vector<std::string>> words_of(std::string_view text,
                                            std::size_t* first_code = nullptr) const {
    std::vector<std::string> words;
    std::size_t code = SIZE_MAX;
    constexpr std::string_view kBlanks = " \t\r";
    for (;;) {
      text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
      if (text.empty()) {
        if (first_code != nullptr) *first_code = std::min(code, words.size());
        return words;
      }
      const bool quoted = text.front() == '"';
      if (quoted) text.remove_prefix(1);
      if (quoted && !words.empty()) code = std::min(code, words.size());
      const std::size_t end = quoted ? text.find('"') : text.find_first_of(kBlanks);
      if (quoted && end == std::string_view::npos) return wrong("an open quote", "close it");
      words.emplace_back(text.substr(0, end));
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + (quoted ? 1 : 0));
    }
  }

  Result<void> read_line(std::string_view text) {
    if (text.find_first_not_of(" \t\r") == std::string_view::npos || text.starts_with("//")) {
      return {};
    }
    const std::size_t first = text.find('<');
    if (first == std::string_view::npos || !words_before(text, first).empty()) {
      TRY_VOID(read_variable(text.substr(0, first)));
    }
    text.remove_prefix(std::min(first, text.size()));
    while (!text.empty()) {
      const std::size_t close = text.find('>');
      if (close == std::string_view::npos) return wrong("an open '<'", "write <TAG>");
      // The next tag begins behind what this one says; a quoted word may hold anything.
      std::size_t end = close + 1;
      for (bool quoted = false; end < text.size() && (quoted || text[end] != '<'); ++end) {
        if (text[end] == '"') quoted = !quoted;
      }
      TRY(auto words, words_of(text.substr(close + 1, end - close - 1)));
      TRY_VOID(take({upper(text.substr(1, close - 1)), std::move(words)}));
      text.remove_prefix(end);
    }
    return {};
  }

  static std::string_view words_before(std::string_view text, std::size_t end) {
    text = text.substr(0, end);
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
  }

  Result<std::size_t> number(const std::string& word) const {
    const auto value = parse_decimal(word);
    if (value && *value > 0 && *value <= kFixedLineBytesMax) return std::size_t{*value};
    return wrong("'" + word.substr(0, 32) + "' is no place of a line",
                 "write whole numbers from 1 to 65536");
  }

  Result<void> read_variable(std::string_view text) {
    std::size_t first_code = 0;
    TRY(auto words, words_of(text, &first_code));
    if (words.empty() || words.front().empty()) return wrong("no name", "name the variable");
    for (const TauVariable& other : made_.variables) {
      if (other.name == words.front()) {
        return wrong("two variables '" + words.front().substr(0, 64) + "'", "rename one");
      }
    }
    if (made_.variables.size() == kColumnsMax) {
      return wrong("more than 1000 variables", "leave out what is not used");
    }
    TauVariable variable;
    variable.name = words.front();
    variable.line = line_;
    std::size_t at = 1;
    if (!made_.separator && at < words.size()) {
      TRY(variable.start, number(words[at++]));
    }
    if (at < (made_.separator ? first_code : words.size())) {
      TRY(variable.width, number(words[at++]));
    }
    variable.missing.assign(words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
    made_.variables.push_back(std::move(variable));
    return {};
  }

  static bool known(std::string_view tag) {
    return std::find(kTags.begin(), kTags.end(), tag) != kTags.end() ||
           std::find(kPassedOver.begin(), kPassedOver.end(), tag) != kPassedOver.end();
  }

  Result<std::string> word(const Tag& tag) const {
    if (tag.words.size() == 1 && !tag.words.front().empty()) return tag.words.front();
    return wrong("<" + tag.name + "> needs one word", "write it behind the tag");
  }

  Result<void> take(const Tag& tag) {
    if (!known(tag.name)) {
      const std::vector<std::string_view> names(kTags.begin(), kTags.end());
      return wrong("<" + tag.name.substr(0, 32) + "> is not known",
                   "nearest: <" + std::string(nearest(tag.name, names)) + ">");
    }
    if (tag.name == "SEPARATOR") return take_separator(tag);
    if (tag.name == "SAFE" || tag.name == "UNSAFE" || tag.name == "PROTECT") {
      TRY((tag.name == "SAFE"     ? made_.safe
           : tag.name == "UNSAFE" ? made_.unsafe
                                  : made_.published),
          word(tag));
      return {};
    }
    if (made_.variables.empty()) {
      return wrong("<" + tag.name + "> of no variable", "name the variable above it");
    }
    return describe(tag, made_.variables.back());
  }

  Result<void> take_separator(const Tag& tag) {
    if (!made_.variables.empty()) {
      return wrong("<SEPARATOR> below a variable", "write it in the first line");
    }
    TRY(const std::string text, word(tag));
    if (text.size() != 1) return wrong("a separator of several characters", "write one");
    made_.separator = text.front();
    return {};
  }

  Result<void> describe(const Tag& tag, TauVariable& variable) const {
    constexpr std::array<std::pair<std::string_view, TauRole>, 8> kRoles{
        {{"RECODEABLE", TauRole::dimension},
         {"RECODABLE", TauRole::dimension},
         {"NUMERIC", TauRole::numeric},
         {"FREQUENCY", TauRole::frequency},
         {"MAXSCORE", TauRole::largest},
         {"STATUS", TauRole::status},
         {"LOWERPL", TauRole::lower},
         {"UPPERPL", TauRole::upper}}};
    for (const auto& [name, role] : kRoles) {
      if (tag.name == name) variable.role = role;
    }
    if (tag.name == "TOTCODE") {
      TRY(variable.total, word(tag));
    } else if (tag.name == "HIERCODELIST") {
      TRY(variable.hierarchy, word(tag));
    } else if (tag.name == "HIERLEADSTRING") {
      TRY(variable.leading, word(tag));
    } else if (tag.name == "HIERLEVELS") {
      return take_levels(tag, variable);
    }
    return {};
  }

  // "3 1 1 0 0": three digits, then one more, then another.
  Result<void> take_levels(const Tag& tag, TauVariable& variable) const {
    std::size_t sum = 0;
    for (const std::string& text : tag.words) {
      if (text == "0") continue;
      TRY(const std::size_t count, number(text));
      if (variable.digits.size() == kHierarchyDepthMax) {
        return wrong("more than 32 levels", "flatten it");
      }
      variable.digits.push_back(sum += count);
    }
    return {};
  }

  std::string_view file_;
  std::size_t line_ = 0;
  TauMetadata made_;
};

}  // namespace

Result<TauMetadata> parse_tau_metadata(std::string_view file, std::string_view text) {
  if (text.size() > kHierarchyFileBytesMax) {
    return fail(Errc::invalid_input, std::string(file) + ": longer than 4 MiB; give a .rda file");
  }
  if (!is_valid_utf8(text)) {
    return fail(Errc::invalid_input, std::string(file) + ": not UTF-8; save the file as UTF-8");
  }
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return MetadataReader(file).run(text);
}

}  // namespace regions
