#include "ops/sample/one_region.h"

#include <fstream>

#include "ops/sample/assumptions.h"
#include "ops/sample/lines.h"

namespace regions::sample {
namespace {

// One firm in a hundred changes.
constexpr std::size_t kChangedEvery = 100;
// Firms per row of a large sample, to have holdings for them (load-generator specification: 485,000
// firms have 10 million rows).
constexpr double kFirmsPerRow = 0.0485;
// Two technologies of different groups: a row that has one gets the other.
constexpr std::string_view kTechnology = "robotics";
constexpr std::string_view kOtherTechnology = "cybersecurity";

int index_of(std::string_view nuts) {
  for (std::size_t r = 0; r < kRegions.size(); ++r) {
    if (kRegions[r].nuts == nuts) return static_cast<int>(r);
  }
  return -1;
}

class Writer {
 public:
  Writer(const std::filesystem::path& folder, const OneRegion& wanted, const Draw& draw)
      : draw_(draw),
        region_(index_of(wanted.nuts)),
        rows_left_(wanted.rows),
        projects_(draw, {region_, kFirmsPerRow * static_cast<double>(wanted.rows)}) {
    const auto open = [&](std::ofstream& file, const char* what, std::string_view columns) {
      file.open(folder / (what + wanted.nuts + ".csv"), std::ios::binary | std::ios::trunc);
      file << columns;
    };
    open(cooperations_, "cooperations_", kCooperationColumns);
    open(changed_, "changed_", kCooperationColumns);
    open(organisations_, "organisations_", kOrganisationColumns);
  }

  bool write() {
    while (rows_left_ > 0 && cooperations_.good()) write_project(projects_.next());
    write_organisations();
    for (auto* file : {&cooperations_, &changed_, &organisations_}) file->close();
    return !cooperations_.fail() && !changed_.fail() && !organisations_.fail();
  }

 private:
  void write_project(Project project) {
    for (std::string* date : {&project.start, &project.end}) {
      if (*date == "NA") date->clear();
    }
    const Texts texts = texts_of(project, draw_);
    const auto& firms = projects_.firms();
    const auto& actors = projects_.actors();
    for (std::size_t slot = 0; slot < project.firms.size(); ++slot) {
      const std::size_t firm = project.firms[slot];
      for (const std::size_t actor : project.actors) {
        if (rows_left_ == 0) return;
        --rows_left_;
        cooperations_ << cooperation(project, texts, slot, firms[firm], actors[actor]);
        if (firm % kChangedEvery == 0 && firm >= next_changed_) {
          next_changed_ = firm + kChangedEvery;  // new firms come in ascending order
          write_changed(project, texts, slot, firms[firm], actors[actor]);
        }
      }
    }
  }

  void write_changed(Project project, const Texts& texts, std::size_t slot, const Entity& firm,
                     const Entity& actor) {
    project.technology = project.technology == kTechnology ? kOtherTechnology : kTechnology;
    changed_ << cooperation(project, texts, slot, firm, actor);
  }

  void write_organisations() {
    std::uint64_t number = 0;
    for (const auto* entities : {&projects_.firms(), &projects_.actors()}) {
      for (const Entity& entity : *entities) {
        ++number;
        if (entity.region != region_ || !entity.in_organisation_file) continue;
        organisations_ << organisation(entity, entities == &projects_.firms(), draw_, number);
      }
    }
  }

  const Draw& draw_;
  const int region_;
  std::uint64_t rows_left_;
  std::size_t next_changed_ = 0;
  Projects projects_;
  std::ofstream cooperations_, changed_, organisations_;
};

}  // namespace

std::string write_one_region(const std::filesystem::path& folder, const OneRegion& wanted,
                             const Draw& draw) {
  if (index_of(wanted.nuts) < 0) return wanted.nuts + ": none of the eight partner regions";
  if (wanted.rows == 0) return "at least one row is needed";
  if (!Writer(folder, wanted, draw).write()) return folder.string() + ": cannot be written";
  return {};
}

}  // namespace regions::sample
