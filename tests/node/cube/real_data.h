// The real files as tests read them: plain or through zcat, whole, and split by a parser that has
// nothing in common with the product's.
#pragma once

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

extern char** environ;

namespace regions {

// Decompressed text of a .csv or .csv.gz file.
inline std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  if (path.extension() != ".gz") {
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  std::string program = "zcat", file = path.string();
  char* arguments[] = {program.data(), file.data(), nullptr};
  pid_t child = 0;
  EXPECT_EQ(::posix_spawnp(&child, "zcat", &actions, nullptr, arguments, environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  char piece[65536];
  for (ssize_t got = 0; (got = ::read(ends[0], piece, sizeof piece)) > 0;) text.write(piece, got);
  ::close(ends[0]);
  int status = -1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0) << path;
  return text.str();
}

// Rows as maps from column name to value. Character by character: a comma or a line end counts when
// an even number of quotes stood before it.
inline std::vector<std::map<std::string, std::string>> rows_of(const std::string& text) {
  std::vector<std::string> header, cells(1);
  std::vector<std::map<std::string, std::string>> rows;
  bool inside = false;
  for (char c : text) {
    if (c == '"') inside = !inside;
    if (c == '"' || c == '\r') continue;
    if (inside || (c != ',' && c != '\n')) {
      cells.back() += c;
      continue;
    }
    if (c == ',') {
      cells.emplace_back();
      continue;
    }
    if (header.empty()) {
      header = cells;
    } else {
      std::map<std::string, std::string> row;
      for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = cells[i];
      rows.push_back(row);
    }
    cells.assign(1, "");
  }
  return rows;
}

}  // namespace regions
