#include "ops/sample/files.h"

#include "ops/sample/assumptions.h"
#include "ops/sample/lines.h"
#include "policies/catalogue/nuts.h"

namespace regions::sample {
namespace {

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
