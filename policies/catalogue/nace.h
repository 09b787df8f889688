// Economic activities: the codes of NACE Rev. 2 (Regulation (EC) 1893/2006): 21 sections, 88
// divisions, 272 groups, 615 classes, bare.
//
// Four spellings of one activity are accepted and mean the same: the regulation's ("C", "10",
// "10.1", "10.11"), without the dot ("101", "1011"), and either with its section in front as
// Eurostat writes it ("C10", "C10.1", "C101", "C1011"). A division that lost its leading zero in a
// spreadsheet ("1" for "01") is refused: "1.11" would be a guess.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regions {

class NaceCodes {
 public:
  static const NaceCodes& rev2();

  // The regulation's spelling of `code`, or nullopt when it is no code of NACE Rev. 2.
  std::optional<std::string_view> canonical(std::string_view code) const;
  bool contains(std::string_view code) const { return canonical(code).has_value(); }
  // 'A' to 'U', from any accepted spelling.
  std::optional<char> section_of(std::string_view code) const;
  // The code one level up, in the regulation's spelling; empty for a section. `canonical` must be
  // one of codes().
  std::string_view parent_of(std::string_view canonical) const;
  // The regulation's order: each section, then what it contains.
  const std::vector<std::string_view>& codes() const { return codes_; }

 private:
  explicit NaceCodes(std::string_view lines);
  struct Division {
    std::string_view code;
    std::string_view section;
  };
  const Division* division_of(std::string_view code) const;

  std::vector<std::string_view> codes_;
  std::vector<std::string_view> sorted_;
  std::vector<Division> divisions_;
};

}  // namespace regions
