#include "policies/disclosure/correction.h"

namespace regions {
namespace {

// One headline in two versions.
struct Figure {
  std::optional<std::int64_t> before, after;
  const MembershipTags& then;
  const MembershipTags& now;
};

std::optional<std::int64_t> value_of(const SafeTable& table) { return table.cells().front().value; }

// An erased tag may be of a holding that would look as if it had entered.
std::size_t at_least_changed(const MembershipTags& a, const MembershipTags& b, std::size_t erased) {
  const std::size_t seen = changed(a, b);
  return seen - std::min(seen, erased);
}

// `stands`: the version that is not stated again where its value stays.
bool is_told(const Figure& figure, bool stands, std::size_t erased, std::uint32_t n) {
  if (!figure.before && !figure.after) return false;
  if (figure.before == figure.after && (stands || changed(figure.then, figure.now) == 0)) {
    return false;
  }
  return at_least_changed(figure.then, figure.now, erased) < n;
}

bool is_close(const std::optional<std::int64_t>& ent, const MembershipTags& in_ent,
              const std::optional<std::int64_t>& sme, const MembershipTags& in_sme,
              std::size_t erased, std::uint32_t n) {
  return ent && sme && at_least_changed(in_ent, in_sme, erased) < n;
}

Correction judge(const EarlierHeadlines& one, const FixedHeadlines& now, bool stands,
                 std::uint32_t n) {
  const Figure ent{value_of(one.cells.ent()), value_of(now.ent()), one.then.ent, one.now.ent};
  if (is_told(ent, stands, one.erased, n)) return Correction::too_few;
  const bool knew_sme = one.cells.sme() && one.then.sme, knows_sme = now.sme() && one.now.sme;
  // The other headline of the other version: what was published stays known.
  if (knows_sme &&
      is_close(ent.before, ent.then, value_of(*now.sme()), *one.now.sme, one.erased, n))
    return Correction::too_close;
  if (!knew_sme) return Correction::allowed;
  const std::optional<std::int64_t> sme_before = value_of(*one.cells.sme());
  if (is_close(ent.after, ent.now, sme_before, *one.then.sme, one.erased, n))
    return Correction::too_close;
  if (!knows_sme) return sme_before ? Correction::too_few : Correction::allowed;
  const Figure sme{sme_before, value_of(*now.sme()), *one.then.sme, *one.now.sme};
  if (is_told(sme, stands, one.erased, n)) return Correction::too_few;
  if (!ent.before || !ent.after || !sme.before || !sme.after) return Correction::allowed;
  const MembershipTags then = without(ent.then, sme.then), after = without(ent.now, sme.now);
  const Figure outside{*ent.before - *sme.before, *ent.after - *sme.after, then, after};
  return is_told(outside, stands, one.erased, n) ? Correction::outside : Correction::allowed;
}

}  // namespace

std::string_view reason(Correction correction) {
  switch (correction) {
    case Correction::allowed:
      return "";
    case Correction::too_few:
      return "too few holdings entered or left it";
    case Correction::too_close:
      return "ENT-COOP and SME-COOP of two of its versions would differ by too few holdings";
    case Correction::outside:
      return "too few holdings entered or left ENT-COOP outside SME-COOP";
  }
  return "";
}

Correction judge_correction(const std::vector<EarlierHeadlines>& earlier, const FixedHeadlines& now,
                            std::uint32_t n) {
  for (const EarlierHeadlines& one : earlier) {
    const Correction verdict = judge(one, now, &one == &earlier.back(), n);
    if (verdict != Correction::allowed) return verdict;
  }
  return Correction::allowed;
}

}  // namespace regions
