#include "ops/sample/files.h"

#include <initializer_list>

#include "ops/sample/assumptions.h"
#include "ops/sample/distributions.h"
#include "policies/catalogue/nuts.h"

namespace regions::sample {
namespace {

constexpr std::string_view kCooperationColumns =
    "coop_id,project_id,project_number,sme_id,firm_kind,sme_nuts,actor_id,actor_kind,actor_country,"
    "actor_nuts,start,end,start_year,programme,type_of_action,theme,topic_code,technology_derived,"
    "amount_eur,amount_share_eur,firms_in_project,actors_in_project\n";
constexpr std::string_view kOrganisationColumns =
    "org_id,name,kind,nuts,city,country,activity_type,sme_evidence,nuts_source,nuts3_reported,"
    "name_source,participations,nace,size,holding\n";

constexpr Weighted<std::string_view> kActions[] = {{"Research and Innovation action", .45},
                                                   {"Innovation action", .35},
                                                   {"Coordination and support action", .2}};
constexpr Weighted<std::string_view> kThemes[] = {
    {"Information and Communication Technologies", .4},
    {"Secure, clean and efficient energy", .2},
    {"Smart, green and integrated transport", .15},
    {"Nanotechnologies, Advanced Materials and Production", .25}};

// RFC 4180: quotes where they are needed.
std::string csv(std::string_view value) {
  if (value.find_first_of(",\"\n") == std::string_view::npos) return std::string(value);
  std::string out = "\"";
  for (char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string line(std::initializer_list<std::string_view> values) {
  std::string out;
  for (std::string_view value : values) out += csv(value) + ',';
  out.back() = '\n';
  return out;
}

std::string euros(std::int64_t cents) {
  if (cents < 0) return {};
  std::string rest = std::to_string(cents % 100);
  if (rest.size() == 1) rest.insert(0, "0");
  return std::to_string(cents / 100) + '.' + rest;
}

// What all rows of a project share.
struct Texts {
  std::string id, number, action, theme, topic, programme;
};

Texts texts_of(const Project& project, const Draw& draw) {
  Texts out;
  out.id = "sample" + std::to_string(project.number + 1);
  out.programme = project.start_year >= 2021 ? "HORIZON" : "H2020";
  if (!project.has_topic) return out;
  out.number = std::to_string(500'000 + project.number);
  out.action = pick<std::string_view>(kActions, draw.uniform(Stream::action, project.number, 1));
  out.theme = pick<std::string_view>(kThemes, draw.uniform(Stream::action, project.number, 2));
  out.topic = "SAMPLE-" + std::to_string(project.number % 30 + 1) + '-' +
              std::to_string(project.start_year);
  return out;
}

std::string cooperation(const Project& project, const Texts& texts, std::size_t firm_slot,
                        const Entity& firm, const Entity& actor) {
  const std::int64_t amount = project.amount_cents[firm_slot];
  const auto actors = static_cast<std::int64_t>(project.actors.size());
  const std::int64_t share = amount < 0 ? -1 : (amount + actors / 2) / actors;
  return line({texts.id + ':' + firm.id + ':' + actor.id,
               texts.id,
               texts.number,
               firm.id,
               firm.kind,
               firm.place,
               actor.id,
               actor.kind,
               actor.country,
               actor.place,
               project.start,
               project.end,
               std::to_string(project.start_year),
               texts.programme,
               texts.action,
               texts.theme,
               texts.topic,
               project.technology,
               euros(amount),
               euros(share),
               std::to_string(project.firms.size()),
               std::to_string(project.actors.size())});
}

// The Commission's own export gives some organisations the code of another place.
std::string reported_nuts3(const Entity& entity, const Draw& draw, std::uint64_t number) {
  if (draw.uniform(Stream::dirt, number, 3) < kDefaultNutsCode) return "DED21";
  return entity.place.size() == 5 ? entity.place : "";
}

std::string organisation(const Entity& entity, bool firm, const Draw& draw, std::uint64_t number) {
  const bool sme = entity.kind == "SME";
  return line({entity.id, entity.name, entity.kind, entity.place, entity.city, entity.country,
               firm ? "PRC" : entity.kind, sme ? "sme flag" : (firm ? "unknown" : ""), "sample",
               reported_nuts3(entity, draw, number), "sample",
               std::to_string(entity.participations), entity.nace, entity.size, entity.holding});
}

// The region whose node holds rows because of their actor: its place must be known to lie there.
bool known_to_be_in(const Entity& actor, std::size_t region) {
  return is_within(actor.place, kRegions[region].nuts);
}

std::string name_of(std::string_view what, std::size_t region) {
  return std::string(what) + std::string(kRegions[region].nuts) + ".csv";
}

}  // namespace

std::map<std::string, std::string> make_files(const Population& all, const Draw& draw) {
  std::map<std::string, std::string> files;
  for (std::size_t r = 0; r < kRegions.size(); ++r) {
    files[name_of("cooperations_", r)] = kCooperationColumns;
    files[name_of("cooperations_with_actor_in_", r)] = kCooperationColumns;
    files[name_of("organisations_", r)] = kOrganisationColumns;
  }
  for (const Project& project : all.projects) {
    const Texts texts = texts_of(project, draw);
    for (std::size_t slot = 0; slot < project.firms.size(); ++slot) {
      const Entity& firm = all.firms[project.firms[slot]];
      for (std::size_t a : project.actors) {
        const Entity& actor = all.actors[a];
        const std::string row = cooperation(project, texts, slot, firm, actor);
        for (std::size_t r = 0; r < kRegions.size(); ++r) {
          if (firm.region == static_cast<int>(r)) {
            files[name_of("cooperations_", r)] += row;
          } else if (known_to_be_in(actor, r)) {
            files[name_of("cooperations_with_actor_in_", r)] += row;
          }
        }
      }
    }
  }
  std::uint64_t number = 0;
  for (const auto* entities : {&all.firms, &all.actors}) {
    for (const Entity& entity : *entities) {
      ++number;
      if (entity.region < 0 || !entity.in_organisation_file) continue;
      files[name_of("organisations_", static_cast<std::size_t>(entity.region))] +=
          organisation(entity, entities == &all.firms, draw, number);
    }
  }
  return files;
}

}  // namespace regions::sample
