#include "node/cube/cube.h"

#include "node/cube/headline_pass.h"

namespace regions {

// A headline has one cell, the year's total, and no dimension beside region and year.
RawTable CubeBuilder::total(const Catalogue& catalogue, const Indicator& indicator, int year,
                            std::int64_t count) {
  return RawTable(indicator.code, catalogue.definition(indicator), std::to_string(year), {},
                  {RawTable::Cell{{}, count}});
}

HeadlineInput CubeBuilder::input_of(const Catalogue& catalogue, const HeadlinePass& pass,
                                    int year) {
  HeadlineInput input{total(catalogue, pass.ent_indicator(), year, pass.ent(year)), std::nullopt};
  if (pass.knows_nace()) {
    input.sme = total(catalogue, pass.sme_indicator(), year, pass.sme(year));
  }
  return input;
}

Result<HeadlineInput> CubeBuilder::headline(const Reader& snapshot, const Catalogue& catalogue,
                                            int year) {
  if (year < kYearMin || year > kYearMax) {
    return fail(Errc::invalid_input, "the year must lie between 1900 and 2999");
  }
  TRY(const auto pass, HeadlinePass::run(snapshot, catalogue));
  return input_of(catalogue, pass, year);
}

Result<std::map<int, HeadlineInput>> CubeBuilder::headlines(const Reader& snapshot,
                                                            const Catalogue& catalogue) {
  TRY(const auto pass, HeadlinePass::run(snapshot, catalogue));
  std::map<int, HeadlineInput> inputs;
  for (int year : pass.active_years()) inputs.emplace(year, input_of(catalogue, pass, year));
  return inputs;
}

Result<std::vector<int>> CubeBuilder::active_years(const Reader& snapshot) {
  TRY(const auto pass, HeadlinePass::run(snapshot, Catalogue::builtin()));
  return pass.active_years();
}

}  // namespace regions
