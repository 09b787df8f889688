// A specification of tables to protect or to attack, read from SPEC.toml
// (policies/disclosure/tables.md shows every key with an example).
//
// Pure: the caller read the file, and hands over the files that it names. Every error names file,
// line, key and remedy.
#pragma once

#include "policies/disclosure/rules/rule_book.h"
#include "policies/disclosure/table/cell_table.h"

namespace regions {

// Whose eligibility, bounds, levels and costs hold: ours, or another tool's for comparison.
enum class Convention { full, tauargus, sdctable, gauss };

enum class InputKind { records, cells };
enum class Zeros { by_convention, safe, eligible, unsafe };
enum class CostKind { by_convention, value, count, unity, column };

struct InputSpec {
  InputKind kind = InputKind::records;
  std::vector<std::string> files;    // several for linked tables of cells
  std::optional<char> separator;     // absent: of , ; tab and | the one that the first line has
  std::vector<std::string> columns;  // names for a file without a header line; empty: it has one
  // Of those columns where every field has its place in the line: first byte, from 1, and width.
  struct Place {
    std::size_t start, width;
  };
  std::vector<Place> places;
  std::string metadata;  // a .rda file of tau-ARGUS that says all that; empty: none
  // Of amounts there: texts that stand for none at all.
  std::vector<std::pair<std::string, std::vector<std::string>>> missing;
  char decimal_point = '.';
  std::string value, count, contributor, holding, weight, requested,
      waived;  // columns; empty: none
  std::vector<std::string> largest;
  bool weigh_totals_alone = false;  // rules look at every weighted amount once
  // Rows with one of these values in the column; the others are passed over.
  std::vector<std::pair<std::string, std::vector<std::string>>> where;
  std::string status, lower_level, upper_level, cost;  // of single cells
};

struct HierarchySpec {
  std::string file;  // .hrc, or a correspondence table when `columns` are named
  std::string leading = "@";
  std::vector<std::string> columns;  // of that file, from coarse to fine
  bool own_columns = false;          // `columns` are those of the input
  std::vector<std::size_t> digits;
  std::vector<std::string> missing;  // codes right below the total where the input has them
  bool partial = false;
};

struct DimensionSpec {
  std::string name;    // in [[table]], outputs and errors
  std::string column;  // of the input
  std::string total = "Total";
  bool own_total = false;                  // the specification says it
  std::vector<HierarchySpec> hierarchies;  // empty: all codes of the input below the total
};

struct LinkedTable {
  // By dimension: the codes; "*" all, "leaves" those of the lowest level. Empty: the total alone.
  std::vector<std::vector<std::string>> codes;
  std::string file;  // of the input that holds its cells; empty: any
};

struct AprioriSpec {
  std::string file;
  std::optional<char> separator;
};

struct PatternSpec {
  std::string file;                              // empty: the input
  std::string column;                            // says which cells are withheld
  std::vector<std::string> withheld, published;  // its values
  std::vector<std::string> columns;              // names for a file without a header line
  std::optional<char> separator;
};

struct DisclosureSpec {
  std::string file;
  InputSpec input;
  std::vector<DimensionSpec> dimensions;
  std::vector<LinkedTable> tables;  // empty: one of everything
  RuleBook rules;
  bool own_rules = false;  // the specification has some
  Zeros zeros = Zeros::by_convention;
  // Cells that no row of the input stands in are empty for everybody.
  bool structural_empty = false;
  CostKind cost = CostKind::by_convention;
  // What everybody knows of a cell beforehand: to within so many parts of Percent; 0: only that
  // amounts are not negative.
  std::int64_t bounds_parts = 0;
  bool observers = true;  // contributors attack as well
  std::vector<AprioriSpec> apriori;
  std::vector<std::string> priors;  // files of cells published earlier
  std::optional<PatternSpec> pattern;
  std::string seed;
  // Of other tools, for comparison: their singleton options by name (task/singleton_method.h), and
  // sdcTable's threshold.
  std::string singletons;
  std::int64_t threshold = 0;

  std::vector<std::string> files() const;  // all that the caller has to read
};

Result<DisclosureSpec> parse_disclosure_spec(std::string_view file, std::string_view text);

std::string_view name(Convention convention);

}  // namespace regions
