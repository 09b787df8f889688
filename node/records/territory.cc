#include "node/records/territory.h"

#include <algorithm>

#include "policies/catalogue/nuts.h"

namespace regions {

Result<PlaceJudge> PlaceJudge::make(const TerritoryRule& rule, ImportRole role) {
  const NutsCodes* codes = NutsCodes::version(rule.nuts_version);
  if (codes == nullptr) {
    return fail(Errc::unsupported, "NUTS version " + rule.nuts_version + " is not known");
  }
  return PlaceJudge(rule, role, *codes);
}

bool PlaceJudge::is_nuts(std::string_view nuts) const { return codes_->contains(nuts); }

Error PlaceJudge::unknown_code(std::string_view nuts) const {
  return fail(Errc::invalid_input, "'" + std::string(nuts.substr(0, 40)) + "' is no code of NUTS " +
                                       rule_->nuts_version);
}

Result<records::Home> PlaceJudge::judge(std::string_view nuts) {
  if (const auto found = answers_.find(nuts); found != answers_.end()) return found->second;
  if (!is_nuts(nuts)) return unknown_code(nuts);  // not remembered: a file could hold any number
  return answers_.emplace(std::string(nuts), ask(nuts)).first->second;
}

Result<records::Home> PlaceJudge::ask(std::string_view nuts) const {
  const auto& ours = rule_->territory;
  const bool coarser = std::any_of(ours.begin(), ours.end(), [&](const std::string& code) {
    return code != nuts && is_within(code, nuts);
  });
  const std::string* home = rule_->home_of(nuts);
  const bool own = role_ == ImportRole::own;
  if (home != nullptr && *home == rule_->self) {
    if (own) return records::HOME_OURS;
    return fail(Errc::invalid_input, "lies in our territory; import it with --role own");
  }
  if (coarser) return records::HOME_UNKNOWN;
  if (!own) return records::HOME_ELSEWHERE;
  if (home == nullptr) {
    return fail(Errc::invalid_input,
                "in no member's territory; leave it out, or where the actor is yours import it "
                "with --role partner");
  }
  return fail(Errc::invalid_input,
              "belongs to " + *home + "; where the actor is yours import it with --role partner");
}

}  // namespace regions
