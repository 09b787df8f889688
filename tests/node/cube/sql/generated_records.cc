#include "tests/node/cube/sql/generated_records.h"

#include <algorithm>

namespace regions {
namespace {

// Few enough values that cells collide, odd enough that every rule is met.
const std::vector<std::string> kTechnologies = {
    "robotics",      "additive-manufacturing", "artificial-intelligence", "cybersecurity",
    "biotechnology", "internet-of-things",     "energy-technologies",     "photonics"};
const std::vector<std::string> kNace = {"",  "C",   "C10", "10.11", "26",    "C26.1", "2811", "33",
                                        "A", "C20", "F",   "62.01", "24.10", "31",    "21",   "13"};
const std::vector<std::string> kSizes = {"", "micro", "small", "small", "medium", "large"};
const std::vector<std::string> kOwnPlaces = {"PT16", "PT16E", "PT16B", "PT1", "PT", ""};
const std::vector<std::string> kElsewhere = {"DE247", "DE24", "ES130", "FR101", "PT170", "DE3"};
const std::vector<std::string> kActorPlaces = {"",      "",      "PT16E", "PT16", "PT1",
                                               "PT170", "DE247", "DE24",  "DE2",  "DE3",
                                               "ES1",   "ES130", "FR101", "UKI3", "EL30"};
const std::vector<std::string> kCountries = {"", "PT", "DE", "ES", "FR", "NA", "GB", "GR", "UK"};
const std::vector<std::string> kActorKinds = {
    "HES", "REC", "PUB", "OTH", "PRC", "", "NA", "digital-innovation-hub", "centre-of-excellence"};
const std::vector<std::string> kAmounts = {"",          "0",     "0.01",   "0.02",
                                           "0.05",      "NA",    "100.00", "123456.78",
                                           "999999.99", "50000", "1.10",   "7.7"};
const std::vector<std::string> kStates = {"",          "planned",   "running",   "completed",
                                          "completed", "completed", "completed", "cancelled"};
const std::vector<std::string> kDays = {"-01-01", "-12-31", "-06-15", "-02-28"};

class Generator {
 public:
  Generator(std::uint64_t seed, int cooperations) : random_(seed), cooperations_(cooperations) {}

  GeneratedRecords run() {
    make_organisations();
    GeneratedRecords out;
    const std::string header =
        "coop_id,sme_id,firm_kind,sme_nuts,actor_id,actor_kind,actor_country,actor_nuts,start,end,"
        "technology_derived,amount_eur,amount_share_eur,state\n";
    out.own_cooperations = out.partner_cooperations = header;
    for (int i = 0; i < cooperations_; ++i) {
      out.own_cooperations += cooperation("c" + number(i), enterprise(), one_of(kOwnPlaces));
    }
    for (int i = 0; i < cooperations_ / 4; ++i) {
      const std::string firm = below(4) == 0 ? enterprise() : "x" + number(below(20));
      const std::string place = below(3) == 0 ? std::string() : one_of(kElsewhere);
      out.partner_cooperations += cooperation("p" + number(i), firm, place);
    }
    const std::string org_header =
        "org_id,name,kind,nuts,city,country,nace,size,holding,valid_from\n";
    out.own_organisations = org_header + own_;
    out.partner_organisations = org_header + partner_;
    return out;
  }

 private:
  static std::string number(int n) { return std::to_string(n); }
  int below(int n) {
    return static_cast<int>(read_u32(random_.bytes(4)) % static_cast<std::uint32_t>(n));
  }
  const std::string& one_of(const std::vector<std::string>& all) {
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }
  int enterprises() const { return std::max(5, cooperations_ / 5); }
  std::string enterprise() { return "e" + number(below(enterprises())); }
  std::string day(int first, int years) { return number(first + below(years)) + one_of(kDays); }

  std::string cooperation(const std::string& id, const std::string& firm,
                          const std::string& place) {
    const int year = 2010 + below(13);
    std::string start = number(year) + one_of(kDays);
    std::string end = number(year + below(5)) + "-12-31";
    if (below(12) == 0) start = "NA";
    if (below(12) == 0) end = "";
    std::string technologies;
    for (int n = below(5); n > 0; --n) {
      technologies += (technologies.empty() ? "" : ";") + one_of(kTechnologies);
    }
    const std::string actor = below(15) == 0 ? "" : "a" + number(below(30));
    return id + "," + firm + ",PRC," + place + "," + actor + "," + one_of(kActorKinds) + "," +
           one_of(kCountries) + "," + one_of(kActorPlaces) + "," + start + "," + end + "," +
           technologies + ",," + one_of(kAmounts) + "," + one_of(kStates) + "\n";
  }

  // A holding may bear the id of one of its enterprises.
  std::string holding() {
    const int kind = below(6);
    if (kind > 1) return "";
    return kind == 0 ? "h" + number(below(4)) : "e" + number(below(5));
  }
  std::string state(const std::string& id, const std::string& kind, const std::string& place,
                    const std::string& from) {
    return id + ",N," + kind + "," + place + ",X," + one_of(kCountries) + "," + one_of(kNace) +
           "," + one_of(kSizes) + "," + holding() + "," + from + "\n";
  }

  void make_organisations() {
    for (int i = 0; i < enterprises(); ++i) {
      const std::string id = "e" + number(i), kind = below(2) == 0 ? "SME" : "PRC";
      if (below(6) == 0) continue;  // known from cooperations alone
      if (below(4) != 0) own_ += state(id, kind, one_of(kOwnPlaces), "");
      // A year apart each, so that no day has two states.
      for (int year = 2011 + below(4), n = below(4); n > 0; --n, year += 1 + below(4)) {
        own_ += state(id, kind, one_of(kOwnPlaces), number(year) + one_of(kDays));
      }
      if (below(6) == 0)
        partner_ += state(id, kind, one_of(kElsewhere), below(3) == 0 ? "" : day(2012, 10));
    }
    drop_same_days();
    for (int i = 0; i < 20; ++i) {
      const std::string id = "a" + number(i), kind = one_of(kActorKinds);
      if (kind == "PRC") continue;  // that would be an enterprise
      const bool own = below(2) == 0;
      std::string& file = own ? own_ : partner_;
      file += state(id, kind, own ? one_of(kOwnPlaces) : one_of(kElsewhere), "");
      if (below(3) == 0) {
        file += state(id, one_of({"HES", "OTH"}), own ? "PT16" : "", day(2012, 10));
      }
    }
  }

  // Of a partner's states those on a day that has an own state: one of the two would win.
  void drop_same_days() {
    std::string kept;
    for (std::size_t at = 0; at < partner_.size();) {
      const std::size_t end = partner_.find('\n', at) + 1;
      const std::string line = partner_.substr(at, end - at);
      const std::string id = line.substr(0, line.find(',') + 1);
      const std::string from = line.substr(line.rfind(','));
      bool taken = false;
      for (std::size_t own = 0; own < own_.size(); own = own_.find('\n', own) + 1) {
        const std::string other = own_.substr(own, own_.find('\n', own) + 1 - own);
        taken |= other.starts_with(id) && other.ends_with(from);
      }
      if (!taken) kept += line;
      at = end;
    }
    partner_ = kept;
  }

  SeededRandom random_;
  const int cooperations_;
  std::string own_, partner_;
};

}  // namespace

Territories generated_members() {
  return {"PT16", {{"DE24", {"DE24"}}, {"ES13", {"ES13"}}, {"PT16", {"PT16"}}}};
}

GeneratedRecords generate_records(std::uint64_t seed, int cooperations) {
  return Generator(seed, cooperations).run();
}

std::string shuffled(const std::string& text, std::uint64_t seed) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  SeededRandom random(seed);
  for (std::size_t i = lines.size() - 1; i > 1; --i) {
    std::swap(lines[i], lines[1 + read_u32(random.bytes(4)) % i]);
  }
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

void import_generated(Store& store, const GeneratedRecords& records, ImportOrder order,
                      std::size_t batch_rows, bool refusals) {
  ImportBench bench(store, territory_of("PT16", {"DE24", "ES13"}));
  const auto take = [&](const std::string& text, RecordKind kind, ImportRole role) {
    bench.mapping = Mapping::builtin(kind);
    if (kind == RecordKind::cooperation) {
      bench.mapping->columns[CooperationField::technology]->separator = ';';
      bench.mapping->columns[CooperationField::status] = ColumnMapping{};
      bench.mapping->columns[CooperationField::status]->from = "state";
      bench.mapping->columns[CooperationField::status]->null = {""};
    }
    ASSERT_OK(bench.import(text_source(text), kind, role, batch_rows));
    if (refusals) return;
    ASSERT_EQ(bench.rejected(), std::vector<std::string>());
  };
  const auto cooperations = [&](ImportRole role) {
    const bool own = role == ImportRole::own;
    take(own ? records.own_cooperations : records.partner_cooperations, RecordKind::cooperation,
         role);
  };
  const auto organisations = [&](ImportRole role) {
    const bool own = role == ImportRole::own;
    take(own ? records.own_organisations : records.partner_organisations, RecordKind::organisation,
         role);
  };
  if (order == ImportOrder::cooperations_first) {
    cooperations(ImportRole::own);
    cooperations(ImportRole::partner);
    organisations(ImportRole::partner);
    organisations(ImportRole::own);
  } else {
    organisations(ImportRole::own);
    organisations(ImportRole::partner);
    cooperations(ImportRole::partner);
    cooperations(ImportRole::own);
  }
}

}  // namespace regions
