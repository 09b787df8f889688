// Stands in for the two friends outside policies/ that this test program does not link: the cube,
// which makes raw tables, and the history, which reads decisions back.
#pragma once

#include "policies/disclosure/headline.h"

namespace regions {

class CubeBuilder {
 public:
  static RawTable headline(std::string indicator, std::int64_t count, std::string period = "2017") {
    return RawTable(std::move(indicator), Digest{{1, 2, 3}}, std::move(period), {}, {{{}, count}});
  }
  static RawTable ent(std::int64_t count) { return headline("ENT-COOP", count); }
  static RawTable sme(std::int64_t count) { return headline("SME-COOP", count); }
  // By region, one category per dimension expected.
  static RawTable placed(std::string indicator, std::int64_t count,
                         std::vector<std::string> categories) {
    return RawTable(std::move(indicator), Digest{{1, 2, 3}}, "2017", {"region"},
                    {{std::move(categories), count}});
  }
  static RawTable of_cells(std::vector<std::int64_t> counts) {
    std::vector<RawTable::Cell> cells;
    for (std::int64_t count : counts) cells.push_back({{}, count});
    return RawTable("ENT-COOP", Digest{}, "2017", {}, std::move(cells));
  }
};

class HeadlineHistory {
 public:
  static Result<FixedHeadlines> restore(ByteView bytes) { return FixedHeadlines::restore(bytes); }
};

}  // namespace regions
