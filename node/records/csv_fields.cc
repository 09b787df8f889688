#include "node/records/csv_fields.h"

#include <cstring>

namespace regions {
namespace {

std::string_view without_cr(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// The common case: no quote in the line.
void split(std::string_view line, char delimiter, CsvFields& out) {
  for (;;) {
    const std::size_t at = line.find(delimiter);
    out.fields.push_back(line.substr(0, at));
    if (at == std::string_view::npos) return;
    line.remove_prefix(at + 1);
  }
}

class QuotedParser {
 public:
  QuotedParser(std::string_view data, bool at_end, char delimiter, CsvFields& out)
      : data_(data), at_end_(at_end), delimiter_(delimiter), out_(out) {}

  CsvParse run() {
    out_.lines = 1;
    for (;;) {
      const bool quoted = at_ < data_.size() && data_[at_] == '"';
      if (auto step = quoted ? quoted_field() : plain_field(); step != CsvParse::complete) {
        return step;
      }
      if (ended_) {
        out_.bytes = at_;
        return CsvParse::complete;
      }
    }
  }

 private:
  CsvParse broken(std::string_view why) {
    out_.broken = why;
    return CsvParse::broken;
  }
  // The bytes end here: the record does too, or more must come.
  CsvParse out_of_bytes() {
    if (!at_end_) return CsvParse::need_more;
    ended_ = true;
    return CsvParse::complete;
  }

  CsvParse plain_field() {
    const std::size_t begin = at_;
    for (; at_ < data_.size(); ++at_) {
      const char c = data_[at_];
      if (c == '"') return broken("a quote inside a field that does not begin with one");
      if (c != delimiter_ && c != '\n') continue;
      std::string_view field = data_.substr(begin, at_ - begin);
      out_.fields.push_back(c == '\n' ? without_cr(field) : field);
      ended_ = c == '\n';
      ++at_;
      return CsvParse::complete;
    }
    out_.fields.push_back(without_cr(data_.substr(begin)));
    return out_of_bytes();
  }

  CsvParse quoted_field() {
    const std::size_t begin = ++at_;
    std::size_t copied = begin;  // up to here the field stands in scratch
    const std::size_t scratch_begin = out_.scratch.size();
    bool doubled = false;
    for (;;) {
      const std::size_t quote = data_.find('"', at_);
      if (quote == std::string_view::npos) {
        return at_end_ ? broken("a quote is opened and never closed") : CsvParse::need_more;
      }
      at_ = quote + 1;
      if (at_ == data_.size() && !at_end_) return CsvParse::need_more;
      if (at_ == data_.size() || data_[at_] != '"') {
        count_lines(data_.substr(begin, quote - begin));
        if (doubled) out_.scratch.append(data_.substr(copied, quote - copied));
        out_.fields.push_back(doubled ? std::string_view(out_.scratch).substr(scratch_begin)
                                      : data_.substr(begin, quote - begin));
        return after_quote();
      }
      // Reserved for the whole run of bytes, so that earlier views into scratch stay valid.
      if (out_.scratch.capacity() < data_.size()) out_.scratch.reserve(data_.size());
      out_.scratch.append(data_.substr(copied, at_ - copied));
      doubled = true;
      copied = ++at_;
    }
  }

  CsvParse after_quote() {
    if (at_ == data_.size()) return out_of_bytes();
    char c = data_[at_++];
    if (c == delimiter_) return CsvParse::complete;
    if (c == '\r') {
      if (at_ == data_.size()) return out_of_bytes();
      c = data_[at_++];
    }
    if (c != '\n') return broken("text after a closing quote");
    ended_ = true;
    return CsvParse::complete;
  }

  void count_lines(std::string_view text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string_view::npos; ++at) {
      ++out_.lines;
    }
  }

  std::string_view data_;
  bool at_end_;
  char delimiter_;
  CsvFields& out_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace

void CsvFields::clear() {
  fields.clear();
  scratch.clear();
  bytes = lines = 0;
  broken = {};
}

CsvParse parse_csv_fields(std::string_view data, bool at_end, char delimiter, CsvFields& out) {
  out.clear();
  const std::size_t newline = data.find('\n');
  if (newline == std::string_view::npos && !at_end) return CsvParse::need_more;
  const std::string_view line = without_cr(data.substr(0, newline));
  if (line.find('"') != std::string_view::npos) {
    return QuotedParser(data, at_end, delimiter, out).run();
  }
  split(line, delimiter, out);
  out.bytes = newline == std::string_view::npos ? data.size() : newline + 1;
  out.lines = 1;
  return CsvParse::complete;
}

}  // namespace regions
