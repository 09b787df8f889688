#include "ops/sample/projects.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "ops/sample/assumptions.h"
#include "ops/sample/distributions.h"

namespace regions::sample {
namespace {

// A project never has an entity twice; after so many misses it opens a new one.
constexpr std::uint64_t kTries = 8;
constexpr std::uint64_t kDrawsPerSlot = 16;

bool contains(const std::vector<std::size_t>& in, std::size_t one) {
  return std::find(in.begin(), in.end(), one) != in.end();
}

// Numbers of firms and actors of a project: the two tables joined by a Gaussian copula.
std::pair<int, int> sizes(const Draw& draw, std::uint64_t p) {
  const double u = std::max(draw.uniform(Stream::firms_in_project, p), 1e-12);
  const double v = draw.uniform(Stream::actors_in_project, p);
  const double radius = std::sqrt(-2 * std::log(u));
  const double x = radius * std::cos(2 * std::numbers::pi * v);
  const double other = radius * std::sin(2 * std::numbers::pi * v);
  const double rho = kFirmsActorsCorrelation;
  const double y = rho * x + std::sqrt(1 - rho * rho) * other;
  const auto share = [](double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); };
  return {pick(firms_per_project(), share(x)), pick(actors_per_project(), share(y))};
}

}  // namespace

// Fills the slots of projects one after the other by Simon's process.
class Projects::Casting {
 public:
  Casting(const Draw& draw, const Setting& setting, std::vector<Entity>& firms_of_all,
          std::vector<Entity>& actors_of_all)
      : draw_(draw), setting_(setting), firms_(firms_of_all), actors_(actors_of_all) {}

  void fill(Project& project, int firms, int actors) {
    for (int slot = 0; slot < firms; ++slot) project.firms.push_back(firm(project, slot));
    for (int slot = 0; slot < actors; ++slot) project.actors.push_back(actor(project, slot));
    for (std::size_t f : project.firms) {
      firm_slots_.push_back(f);
      ++firms_[f].participations;
      partners_.resize(firms_.size());
      for (std::size_t a : project.actors) {
        if (partners_[f].size() < kPartnersRemembered) partners_[f].push_back(a);
      }
    }
    for (std::size_t a : project.actors) {
      actor_slots_.push_back(a);
      ++actors_[a].participations;
    }
  }

 private:
  static constexpr std::size_t kPartnersRemembered = 200;

  double u(Stream stream, const Project& p, int slot, std::uint64_t k) const {
    return draw_.uniform(stream, p.number, static_cast<std::uint64_t>(slot) * kDrawsPerSlot + k);
  }
  static std::size_t at(double u, std::size_t count) {
    return static_cast<std::size_t>(u * static_cast<double>(count));
  }

  std::size_t firm(const Project& project, int slot) {
    if (!firm_slots_.empty() && u(Stream::firm_pick, project, slot, 0) >= kNewFirm) {
      for (std::uint64_t k = 1; k <= kTries; ++k) {
        const double v = u(Stream::firm_pick, project, slot, k);
        const std::size_t old = firm_slots_[at(v, firm_slots_.size())];
        if (!contains(project.firms, old)) return old;
      }
    }
    firms_.push_back(make_firm(draw_, firms_.size(), setting_));
    return firms_.size() - 1;
  }

  std::size_t actor(const Project& project, int slot) {
    const double way = u(Stream::actor_pick, project, slot, 0);
    const double open = u(Stream::actor_pick, project, slot, 1);
    for (std::uint64_t k = 2; k < 2 + kTries && !actor_slots_.empty(); ++k) {
      const double v = u(Stream::actor_pick, project, slot, k);
      std::size_t old;
      if (way < kActorKnownToFirm) {
        const std::size_t f = project.firms[at(v, project.firms.size())];
        if (f >= partners_.size() || partners_[f].empty()) continue;
        const double w = u(Stream::actor_pick, project, slot, k + kTries / 2);
        old = partners_[f][at(w, partners_[f].size())];
      } else if (way < kActorKnownToFirm + kActorEvenly) {
        old = at(v, actors_.size());
      } else if (open < kNewActor) {
        break;
      } else {
        old = actor_slots_[at(v, actor_slots_.size())];
      }
      if (!contains(project.actors, old)) return old;
    }
    return new_actor(project, u(Stream::actor_pick, project, slot, kDrawsPerSlot - 1));
  }

  std::size_t new_actor(const Project& project, double v) {
    Near near;
    if (v < kActorSameCountry + kActorSameRegion) near.firm = &firms_[project.firms.front()];
    near.same_region = v < kActorSameRegion;
    actors_.push_back(make_actor(draw_, actors_.size(), near));
    return actors_.size() - 1;
  }

  const Draw& draw_;
  const Setting setting_;
  std::vector<Entity>&firms_, &actors_;
  std::vector<std::size_t> firm_slots_, actor_slots_;
  std::vector<std::vector<std::size_t>> partners_;  // by firm
};

namespace {

std::string date(int year, int month, int day) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  return text;
}

int last_day(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

void set_dates(const Draw& draw, Project& project) {
  const auto u = [&](std::uint64_t k) { return draw.uniform(Stream::dates, project.number, k); };
  project.start_year = pick(start_years(), u(0));
  const int month = pick(start_months(), u(1));
  int months = 12 + static_cast<int>(u(3) * 46);
  if (u(2) < kDurationListed) months = pick(duration_months(), u(3));
  const int end = project.start_year * 12 + month - 1 + months - 1;  // months since year 0
  const int last = std::min(end, kLastYear * 12 + 11);
  project.start = date(project.start_year, month, 1);
  project.end = date(last / 12, last % 12 + 1, last_day(last / 12, last % 12 + 1));
  if (u(4) < kUndated) (u(5) < 0.5 ? project.start : project.end) = "NA";
}

void set_amounts(const Draw& draw, Project& project) {
  for (std::size_t k = 0; k < project.firms.size(); ++k) {
    std::int64_t cents = -1;
    if (draw.uniform(Stream::amount_missing, project.number, k) >= kAmountMissing) {
      cents = std::llround(amount_eur(draw.uniform(Stream::amount, project.number, k)) * 100);
      const bool whole = draw.uniform(Stream::amount, project.number, 1000 + k) < kAmountWholeEuros;
      if (whole && cents >= 100) cents -= cents % 100;
    }
    project.amount_cents.push_back(cents);
  }
}

}  // namespace

Projects::Projects(const Draw& draw, const Setting& setting)
    : draw_(draw), casting_(std::make_unique<Casting>(draw, setting, firms_, actors_)) {}

Projects::~Projects() = default;

Project Projects::next() {
  Project project{};
  project.number = number_++;
  const auto [firms, actors] = sizes(draw_, project.number);
  casting_->fill(project, firms, actors);
  set_dates(draw_, project);
  set_amounts(draw_, project);
  const std::uint64_t p = project.number;
  project.technology = pick(project_technologies(), draw_.uniform(Stream::technology, p));
  project.has_topic = draw_.uniform(Stream::action, p, 0) >= kProjectWithoutTopic;
  return project;
}

Population make_population(const Draw& draw) {
  Projects stream(draw, {});
  Population all;
  while (all.projects.size() < kProjects) all.projects.push_back(stream.next());
  all.firms = stream.firms();
  all.actors = stream.actors();
  return all;
}

}  // namespace regions::sample
