// The 220 NUTS 2 regions that can be cut from the country files.
#pragma once

#include "tests/node/cube/real_data.h"
#include "tests/support/shared.h"

namespace regions {

// The rows of every region behind the header of their file; sme_nuts is the sixth column, and no
// column before it is ever quoted.
inline std::map<std::string, std::string> cut_regions() {
  std::map<std::string, std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(shared_dir() / "data/countries")) {
    if (!entry.path().filename().string().starts_with("cooperations_")) continue;
    std::istringstream text(text_of(entry.path()));
    std::string header, line;
    std::getline(text, header);
    while (std::getline(text, line)) {
      std::size_t at = 0;
      for (int column = 0; column < 5; ++column) at = line.find(',', at) + 1;
      const std::string place = line.substr(at, line.find(',', at) - at);
      if (place.size() < 4) continue;
      std::string& rows = texts[place.substr(0, 4)];
      if (rows.empty()) rows = header + "\n";
      rows += line + "\n";
    }
  }
  return texts;
}

}  // namespace regions
