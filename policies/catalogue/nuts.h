// Places: the codes of NUTS 2021, all levels (Regulation (EC) 1059/2003 as amended by 2019/1755,
// with the statistical regions of EFTA and candidate countries), bare: no names, no geometry.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regions {

class NutsCodes {
 public:
  static const NutsCodes& version_2021();
  // nullptr for a version that this build does not know; "2021" is known.
  static const NutsCodes* version(std::string_view name);

  bool contains(std::string_view code) const;
  std::string_view name() const { return name_; }
  // Bytewise order.
  const std::vector<std::string_view>& codes() const { return codes_; }

 private:
  NutsCodes(std::string_view name, std::string_view lines);

  std::string_view name_;
  std::vector<std::string_view> codes_;
};

// NUTS codes are prefixes of the codes they contain: PT16E is within PT16, PT1 and PT, and every
// code is within itself. Says nothing about whether the codes exist.
inline bool is_within(std::string_view code, std::string_view ancestor) {
  return !ancestor.empty() && code.starts_with(ancestor);
}

}  // namespace regions
