#include "policies/catalogue/code_list.h"

#include <algorithm>

#include "policies/catalogue/nace.h"
#include "protocol/base/limits.h"

namespace regions {
namespace {

bool before(const Code& a, const Code& b) { return a.code < b.code; }

// Codes travel in statements and in CSV: short, and nothing that would need quoting anywhere.
bool is_plain(std::string_view code) {
  return !code.empty() && code.size() <= kCodeBytesMax &&
         std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '.' || c == '_';
         });
}

Result<Code> read_entry(const TomlTable& table, const std::vector<std::string>& flags) {
  Code code;
  std::vector<std::string_view> known{"code", "title"};
  known.insert(known.end(), flags.begin(), flags.end());
  TRY_VOID(table.refuse_unknown_keys(known));
  TRY(code.code, read_code(table, "code"));
  TRY(code.title, table.string("title"));
  for (const std::string& flag : flags) {
    TRY(const bool set, table.boolean(flag));
    if (set) code.flags.push_back(flag);
  }
  return code;
}

}  // namespace

Result<std::string> read_code(const TomlTable& table, std::string_view key) {
  TRY(std::string code, table.string(key));
  if (!is_plain(code)) {
    return table.error(key, "not a code", "write 1 to 64 of a-z, A-Z, 0-9, '-', '.' and '_'");
  }
  if (code[0] == '_') {
    return table.error(key, "'" + code + "' is reserved: _U is unknown, _T is the total",
                       "begin the code otherwise; every dimension has _U of itself");
  }
  return code;
}

Result<CodeList> CodeList::read(const TomlTable& top) {
  TRY_VOID(check_format(top, "regions4.codes/1"));
  TRY_VOID(top.refuse_unknown_keys({"format", "id", "version", "flags", "code"}));
  CodeList list;
  TRY(list.id_, top.string("id"));
  TRY(list.version_, top.string("version"));
  TRY(list.flags_, top.strings_or("flags", {}));
  std::sort(list.flags_.begin(), list.flags_.end());
  for (const std::string& flag : list.flags_) {
    if (flag == "code" || flag == "title") {
      return top.error("flags", "'" + flag + "' is a key of every code", "name the flag otherwise");
    }
  }
  TRY(const auto tables, top.tables("code"));
  for (const TomlTable& table : tables) {
    TRY(Code code, read_entry(table, list.flags_));
    const auto place = std::lower_bound(list.codes_.begin(), list.codes_.end(), code, before);
    if (place != list.codes_.end() && place->code == code.code) {
      return table.error("code", "'" + code.code + "' stands here twice", "remove one of them");
    }
    list.codes_.insert(place, std::move(code));
  }
  return list;
}

CodeList CodeList::nace_rev2() {
  CodeList list;
  list.id_ = "nace";
  list.version_ = "rev2";
  const NaceCodes& nace = NaceCodes::rev2();
  for (std::string_view code : nace.codes()) {
    list.codes_.push_back({std::string(code), std::string(nace.parent_of(code)), "", {}});
  }
  std::sort(list.codes_.begin(), list.codes_.end(), before);
  return list;
}

const Code* CodeList::find(std::string_view code) const {
  const auto found =
      std::lower_bound(codes_.begin(), codes_.end(), code,
                       [](const Code& c, std::string_view word) { return c.code < word; });
  return found != codes_.end() && found->code == code ? &*found : nullptr;
}

bool CodeList::has_flag(std::string_view code, std::string_view flag) const {
  const Code* known = find(code);
  return known != nullptr &&
         std::find(known->flags.begin(), known->flags.end(), flag) != known->flags.end();
}

bool CodeList::is_within(std::string_view code, std::string_view ancestor) const {
  for (const Code* at = find(code); at != nullptr; at = find(at->parent)) {
    if (at->code == ancestor) return true;
  }
  return false;
}

std::string_view CodeList::nearest_to(std::string_view word) const {
  std::vector<std::string_view> words;
  for (const Code& code : codes_) words.push_back(code.code);
  return nearest(word, words);
}

}  // namespace regions
