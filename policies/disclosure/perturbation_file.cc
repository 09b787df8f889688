#include "policies/disclosure/perturbation_file.h"

#include <algorithm>
#include <array>

#include "policies/disclosure/limits.h"
#include "protocol/base/bytes.h"

namespace regions {
namespace {

using Row = PerturbationTable::Row;
using Part = PerturbationTable::Fault::Part;

constexpr std::string_view kHeader = "i;j;p;v;p_int_ub";
constexpr std::array<std::string_view, 5> kColumns{"i", "j", "p", "v", "p_int_ub"};
enum Column { kI, kJ, kP, kV, kUb };

// Fractions are whole numbers of 10^-18: what 64 bits hold, and more digits than tools write.
constexpr std::size_t kFractionDigits = 18;
constexpr std::uint64_t kOne = 1'000'000'000'000'000'000;
// How far p may be from the difference of two bounds: tools round either.
constexpr std::uint64_t kRounding = kOne / 1'000'000;

struct Line {
  std::uint64_t i;
  std::int64_t j;
  std::uint64_t p;
  std::int32_t v;
  std::uint64_t ub;
};

// Where in the file, for errors.
struct Place {
  std::string_view file;
  std::size_t line;

  Error error(std::string_view column, std::string_view what, std::string_view remedy) const {
    std::string text(file);
    text += " line " + std::to_string(line) + ": ";
    if (!column.empty()) (text += column) += ": ";
    ((text += what) += "; ") += remedy;
    return fail(Errc::invalid_input, std::move(text));
  }
};

std::string quoted(std::string_view text) { return '\'' + std::string(text.substr(0, 32)) + '\''; }

Result<std::array<std::string_view, 5>> split(const Place& place, std::string_view text) {
  std::array<std::string_view, 5> fields;
  for (std::size_t k = 0; k < fields.size(); ++k) {
    const std::size_t end = text.find(';');
    const bool last = k + 1 == fields.size();
    if (!last && end == std::string_view::npos) {
      return place.error(kColumns[k + 1], "missing", "write " + std::string(kHeader));
    }
    if (last && end != std::string_view::npos) {
      return place.error("column 6", "one too many", "write " + std::string(kHeader));
    }
    fields[k] = text.substr(0, end);
    text.remove_prefix(last ? text.size() : end + 1);
  }
  return fields;
}

// A whole number from -999,999 to 999,999.
Result<std::int64_t> whole(const Place& place, Column column, std::string_view text) {
  const bool negative = text.starts_with('-');
  const auto digits = text.substr(negative ? 1 : 0);
  const auto number = parse_decimal(digits);
  if (!number || digits.size() > 6 || (negative && *number == 0)) {
    return place.error(kColumns[column], quoted(text) + " is no whole number of at most six digits",
                       "write one such as 2; a table for magnitudes is none for counts");
  }
  return negative ? -static_cast<std::int64_t>(*number) : static_cast<std::int64_t>(*number);
}

// 0 to 1 as a whole number of 10^-18.
Result<std::uint64_t> fraction(const Place& place, Column column, std::string_view text) {
  const auto digits = text.size() > 2 ? text.substr(2) : std::string_view();
  std::uint64_t value = text.starts_with('1') ? kOne : 0;
  bool good = text == "0" || text == "1" ||
              (!digits.empty() && digits.size() <= kFractionDigits &&
               (text.starts_with("0.") || text.starts_with("1.")));
  std::uint64_t unit = kOne;
  for (const char digit : digits) {
    unit /= 10;
    good = good && digit >= '0' && digit <= '9';
    if (good) value += unit * static_cast<std::uint64_t>(digit - '0');
  }
  if (good && value <= kOne) return value;
  return place.error(kColumns[column], quoted(text) + " is no number from 0 to 1",
                     "write one such as 0.25, with a point, no exponent and at most 18 digits");
}

// ceil(fraction 2^32 / 10^18), by long division in base 2.
std::uint64_t bound_of(std::uint64_t fraction) {
  std::uint64_t bound = fraction / kOne, rest = fraction % kOne;
  for (int bit = 0; bit < 32; ++bit) {
    rest *= 2;
    bound = bound * 2 + rest / kOne;
    rest %= kOne;
  }
  return bound + (rest > 0 ? 1 : 0);
}

Result<Line> read_line(const Place& place, std::string_view text) {
  TRY(const auto fields, split(place, text));
  TRY(const std::int64_t i, whole(place, kI, fields[kI]));
  TRY(const std::int64_t j, whole(place, kJ, fields[kJ]));
  TRY(const std::uint64_t p, fraction(place, kP, fields[kP]));
  TRY(const std::int64_t v, whole(place, kV, fields[kV]));
  TRY(const std::uint64_t ub, fraction(place, kUb, fields[kUb]));
  if (i < 0) return place.error("i", quoted(fields[kI]) + " is below 0", "counts begin at 0");
  return Line{static_cast<std::uint64_t>(i), j, p, static_cast<std::int32_t>(v), ub};
}

// The rows read so far, and where each entry stands.
class Rows {
 public:
  Result<void> add(const Place& place, const Line& line) {
    TRY_VOID(begin_row(place, line));
    if (line.j != static_cast<std::int64_t>(line.i) + line.v) {
      return place.error("j", std::to_string(line.j) + " is not i + v",
                         "write " + std::to_string(static_cast<std::int64_t>(line.i) + line.v));
    }
    const std::uint64_t share = line.ub > reached_ ? line.ub - reached_ : 0;
    if (std::max(share, line.p) - std::min(share, line.p) > kRounding) {
      return place.error("p", "not p_int_ub less that of the entry before",
                         "correct the one of the two that is wrong");
    }
    reached_ = line.ub;
    rows_.back().push_back({line.v, bound_of(line.ub)});
    lines_.back().push_back(place.line);
    return {};
  }

  Result<PerturbationTable> table(std::string_view file) && {
    if (const auto fault = PerturbationTable::fault_of(rows_)) {
      return Place{file, line_of(*fault)}.error(fault->part == Part::v ? "v" : "p_int_ub",
                                                fault->what, fault->remedy);
    }
    return PerturbationTable::make(std::move(rows_));
  }

 private:
  // The rows follow each other from 0 up.
  Result<void> begin_row(const Place& place, const Line& line) {
    if (!rows_.empty() && line.i + 1 == rows_.size()) return {};
    if (line.i != rows_.size()) {
      return place.error("i", std::to_string(line.i) + " does not follow the row before",
                         "write the rows one after the other, from 0 up");
    }
    rows_.emplace_back();
    lines_.emplace_back();
    reached_ = 0;
    return {};
  }

  std::size_t line_of(const PerturbationTable::Fault& fault) const {
    return fault.row < lines_.size() ? lines_[fault.row][fault.entry] : 1;
  }

  std::vector<Row> rows_;
  std::vector<std::vector<std::size_t>> lines_;
  std::uint64_t reached_ = 0;  // the bound of the entry before, as a fraction
};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

Result<PerturbationTable> parse_perturbation_table(std::string_view file, std::string_view text) {
  if (text.size() > kPerturbationFileBytesMax) {
    return Place{file, 1}.error("", "the file is longer than 256 KiB",
                                "give a perturbation table, a line for each entry");
  }
  if (take_line(text) != kHeader) {
    return Place{file, 1}.error("", "the header is another", "begin with " + std::string(kHeader));
  }
  Rows rows;
  for (std::size_t number = 2; !text.empty(); ++number) {
    const Place place{file, number};
    TRY(const Line line, read_line(place, take_line(text)));
    TRY_VOID(rows.add(place, line));
  }
  return std::move(rows).table(file);
}

}  // namespace regions
