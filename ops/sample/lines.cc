#include "ops/sample/lines.h"

#include <initializer_list>

#include "ops/sample/distributions.h"

namespace regions::sample {
namespace {

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

}  // namespace

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

namespace {

// The Commission's own export gives some organisations the code of another place.
std::string reported_nuts3(const Entity& entity, const Draw& draw, std::uint64_t number) {
  if (draw.uniform(Stream::dirt, number, 3) < kDefaultNutsCode) return "DED21";
  return entity.place.size() == 5 ? entity.place : "";
}

}  // namespace

std::string organisation(const Entity& entity, bool firm, const Draw& draw, std::uint64_t number) {
  const bool sme = entity.kind == "SME";
  return line({entity.id, entity.name, entity.kind, entity.place, entity.city, entity.country,
               firm ? "PRC" : entity.kind, sme ? "sme flag" : (firm ? "unknown" : ""), "sample",
               reported_nuts3(entity, draw, number), "sample",
               std::to_string(entity.participations), entity.nace, entity.size, entity.holding});
}

}  // namespace regions::sample
