// The lines of the files: projects, firms and actors in the column layout of the real data, with
// nace, size and holding added.
#pragma once

#include <string>
#include <string_view>

#include "ops/sample/projects.h"

namespace regions::sample {

inline constexpr std::string_view kCooperationColumns =
    "coop_id,project_id,project_number,sme_id,firm_kind,sme_nuts,actor_id,actor_kind,actor_country,"
    "actor_nuts,start,end,start_year,programme,type_of_action,theme,topic_code,technology_derived,"
    "amount_eur,amount_share_eur,firms_in_project,actors_in_project\n";
inline constexpr std::string_view kOrganisationColumns =
    "org_id,name,kind,nuts,city,country,activity_type,sme_evidence,nuts_source,nuts3_reported,"
    "name_source,participations,nace,size,holding\n";

// What all rows of a project share.
struct Texts {
  std::string id, number, action, theme, topic, programme;
};
Texts texts_of(const Project& project, const Draw& draw);

// The line of the firm in this slot of the project and one of its actors.
std::string cooperation(const Project& project, const Texts& texts, std::size_t firm_slot,
                        const Entity& firm, const Entity& actor);

// `number` is the entity's among all, from 1.
std::string organisation(const Entity& entity, bool firm, const Draw& draw, std::uint64_t number);

}  // namespace regions::sample
