// A home on disk with records, a founded log and releases in it, made once and copied by tests that
// harm it.
#pragma once

#include <filesystem>

#include "node/api_operator/operator_api.h"
#include "node/base/file.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/support/fake_clock.h"
#include "tests/support/federation/test_federation.h"
#include "tests/support/seeded_random.h"

namespace regions {

// What the operator's socket would answer.
struct Answered {
  unsigned status = 0;
  std::string body;
};

inline Answered ask(Node& node, const std::string& method, const std::string& target,
                    std::string body = "") {
  class Responder final : public LocalResponder {
   public:
    Result<void> begin(unsigned status, std::string_view) override {
      answered.status = status;
      return {};
    }
    Result<void> write(std::string_view piece) override {
      answered.body += piece;
      return {};
    }
    bool begun() const override { return answered.status != 0; }
    Answered answered;
  } responder;
  LocalRequest request{method, target,
                       [&body](char* data, std::size_t size) -> Result<std::size_t> {
                         const std::size_t count = std::min(size, body.size());
                         std::memcpy(data, body.data(), count);
                         body.erase(0, count);
                         return count;
                       }};
  OperatorApi(node).handle(request, responder);
  return responder.answered;
}

class TestHome {
 public:
  static constexpr std::int64_t kNow = 1'718'000'000;  // 2024-06-10

  TestHome() {
    CHECK(create_home(Home(path()), {federation.founding.charter.name, "PT16", "127.0.0.1:7443"},
                      std::nullopt, random));
    for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
      CHECK(write_file(Home(path()).key(role), federation.key("PT16", role).to_pem(""), 0600));
    }
    auto node = open(path()).value();
    must(ask(*node, "POST", "/v1/roster", encode_envelope(federation.founding.signed_by_all())));
    for (const auto& [member, keys] : federation.founding.keys) {
      must(ask(*node, "POST", "/v1/keyset",
               encode_envelope(federation.founding.signed_key_set(member))));
    }
    import(*node, 0);
    must(ask(*node, "POST", "/v1/release?indicator=ENT-COOP&period=2015"));
  }

  std::filesystem::path path() const { return folder_.path / "home"; }
  std::filesystem::path copy() {
    const auto to = folder_.path / ("copy" + std::to_string(copies_++));
    std::filesystem::copy(path(), to, std::filesystem::copy_options::recursive);
    std::filesystem::permissions(to, std::filesystem::perms::owner_all);
    return to;
  }
  Result<std::unique_ptr<Node>> open(const std::filesystem::path& home) {
    return Node::open(Home(home), clock, random);
  }
  // Five firms of a year, each with one cooperation.
  static Answered import(Node& node, int year) {
    std::string csv = "coop_id,sme_id,sme_nuts,actor_id,start,end,technology_derived\n";
    for (int i = 0; i < 5; ++i) {
      const std::string id = std::to_string(year) + "-" + std::to_string(i);
      csv += "c" + id + ",f" + id + ",PT16,a1," + std::to_string(2015 + year) + "-01-01," +
             std::to_string(2015 + year) + "-12-31,robotics\n";
    }
    return ask(node, "POST", "/v1/import?kind=cooperations&role=own&source=t.csv",
               std::string(4, '\0') + csv);
  }
  static void must(const Answered& answered) {
    if (answered.status != 200) std::fprintf(stderr, "%s\n", answered.body.c_str());
    CHECK(answered.status == 200);
  }

  TestFederation federation{{"DE24", "ES13", "PT16"}};
  FakeClock clock{kNow};
  SeededRandom random{11};

 private:
  const TemporaryFolder folder_;
  int copies_ = 0;
};

}  // namespace regions
