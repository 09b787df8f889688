#include "ops/sample/names.h"

namespace regions::sample {
namespace {

constexpr std::string_view kFirst[] = {
    "ALDER",   "BASALT", "CIRRUS", "DELTA",    "EMBER",  "FJORD", "GRANITE", "HAZEL",  "INDIGO",
    "JUNIPER", "KELP",   "LUMEN",  "MERIDIAN", "NIMBUS", "OCHRE", "PRISM",   "QUARTZ", "RIVET"};
constexpr std::string_view kSecond[] = {
    "PRECISION", "SYSTEMS",  "TOOLING", "COMPOSITES", "SENSORS", "AUTOMATION",       "CASTINGS",
    "OPTICS",    "SOFTWARE", "DRIVES",  "PRÄZISION",  "TÉCNICA", "TEHNIČNI SISTEMI", "ROBOTICS"};

std::string_view legal_form(std::string_view country) {
  if (country == "DE" || country == "CH" || country == "AT") return "GMBH";
  if (country == "PT") return "LDA";
  if (country == "ES") return "S.L.";
  if (country == "SI") return "D.O.O.";
  if (country == "BG") return "EOOD";
  if (country == "RO") return "SRL";
  return "LTD";
}

std::string_view actor_word(std::string_view kind) {
  if (kind == "HES") return "UNIVERSITY OF";
  if (kind == "REC") return "RESEARCH CENTRE";
  if (kind == "PUB") return "BUSINESS AGENCY OF";
  return "INNOVATION HUB";
}

}  // namespace

std::string firm_name(const Draw& draw, std::uint64_t number, std::string_view country) {
  std::string name(kFirst[draw.below(std::size(kFirst), Stream::name, number, 0)]);
  const double dirt = draw.uniform(Stream::name, number, 2);
  if (dirt < 0.01) name = "\"" + name + "\"";
  name += ' ';
  name += kSecond[draw.below(std::size(kSecond), Stream::name, number, 1)];
  // Few numbers, so that some names stand twice.
  name += ' ' + std::to_string(draw.below(40, Stream::name, number, 3) + 1);
  if (dirt >= 0.01 && dirt < 0.03) name += ',';
  name += ' ';
  name += legal_form(country);
  if (dirt >= 0.03 && dirt < 0.04) {
    for (char& c : name) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return name;
}

std::string actor_name(const Draw& draw, std::uint64_t number, std::string_view kind,
                       std::string_view city) {
  std::string name(actor_word(kind));
  name += ' ';
  name += city.empty() ? kFirst[draw.below(std::size(kFirst), Stream::name, number, 4)] : city;
  return name + ' ' + std::to_string(number % 97 + 1);
}

}  // namespace regions::sample
