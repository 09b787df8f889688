// The pass over the records that counts distinct enterprises by year. Part of the cube.
#pragma once

#include <bitset>

#include "node/records/record_store.h"
#include "policies/catalogue/indicator.h"
#include "policies/catalogue/period.h"

namespace regions {

inline constexpr std::size_t kYears = kYearMax - kYearMin + 1;

// Counts one indicator. An enterprise is added up when the next one begins: a bit for each year in
// which a cooperation of it that meets the technology condition was active.
struct YearTally {
  const Indicator* indicator = nullptr;
  std::bitset<kYears> active;  // of the enterprise at hand
  std::vector<std::int64_t> counts = std::vector<std::int64_t>(kYears);
};

class HeadlinePass final : public RecordVisitor {
 public:
  // not_found: the catalogue lacks a headline. unsupported: its measure is none that this counts.
  static Result<HeadlinePass> run(const Reader& reader, const Catalogue& catalogue);

  // Distinct enterprises in a year.
  std::int64_t ent(int year) const { return ent_.counts[index(year)]; }
  std::int64_t sme(int year) const { return sme_.counts[index(year)]; }
  const Indicator& ent_indicator() const { return *ent_.indicator; }
  const Indicator& sme_indicator() const { return *sme_.indicator; }
  // An own enterprise has a known NACE code.
  bool knows_nace() const { return knows_nace_; }
  std::vector<int> active_years() const;

  Result<void> enterprise(const records::Enterprise& enterprise) override;
  Result<void> cooperation(const records::Cooperation& cooperation) override;

 private:
  HeadlinePass(const Catalogue& catalogue, const Indicator& ent, const Indicator& sme)
      : catalogue_(&catalogue) {
    ent_.indicator = &ent;
    sme_.indicator = &sme;
  }
  static std::size_t index(int year) { return static_cast<std::size_t>(year - kYearMin); }
  bool has_technology(const Indicator& indicator, const records::Cooperation& cooperation) const;
  void close(YearTally& tally);

  const Catalogue* catalogue_;
  YearTally ent_;
  YearTally sme_;
  bool knows_nace_ = false;
  std::bitset<kYears> years_;  // in which any own cooperation is active
  records::Enterprise enterprise_;
};

}  // namespace regions
