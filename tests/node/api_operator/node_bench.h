// A whole node in a home of its own, asked through its operator API, in a federation founded from
// fixed seeds that adopts the default plan. Everything random comes from one seed, so that a run is
// the same every time.
#pragma once

#include <boost/json.hpp>

#include "node/api_operator/node.h"
#include "node/api_operator/operator_api.h"
#include "node/base/file.h"
#include "tests/node/base/temporary_folder.h"
#include "tests/node/records/import_support.h"
#include "tests/protocol/roster/founding.h"
#include "tests/support/fake_clock.h"
#include "tests/support/seeded_random.h"

namespace regions {

inline constexpr std::int64_t kNodeIn2024 = 1'718'000'000;  // 2024-06-10

// What the node said to one request.
struct Said {
  unsigned status = 0;
  std::string body;
};

class NodeBench : public testing::Test {
 protected:
  NodeBench() {
    const Catalogue& catalogue = Catalogue::builtin();
    const auto plan = parse_plan("default.toml", default_plan_toml(), catalogue);
    founding.roster.release_plan = plan_digest(plan.value(), catalogue);
  }
  // The home of PT16 with its founding keys; nothing installed.
  Home make_home(const std::string& name) {
    Home home(folder.path / name);
    EXPECT_THAT(create_home(home, {"north-south", "PT16", "127.0.0.1:7443"}, {}, random), IsOk());
    for (const Role role : {Role::statement, Role::log, Role::witness, Role::tls}) {
      const std::string pem = founding.keys.at("PT16").of(role).to_pem("");
      EXPECT_THAT(write_file(home.key(role), pem, 0600), IsOk());
    }
    return home;
  }
  void open(const Home& home) {
    node.reset();
    auto opened = Node::open(home, clock, random);
    ASSERT_THAT(opened, IsOk());
    node = std::move(*opened);
  }
  void found() {
    ASSERT_OK(node->install_roster(encode_envelope(founding.signed_by_all())));
    for (const std::string id : {"PT16", "DE24", "ES"}) {
      ASSERT_OK(node->install_keyset(encode_envelope(founding.signed_key_set(id))));
    }
  }
  Said ask(const std::string& method, const std::string& target, const std::string& body = "") {
    LocalRequest request{method, target, text_source(body)};
    return ask(request);
  }
  Said ask(LocalRequest& request) {
    class Kept final : public LocalResponder {
     public:
      explicit Kept(Said& said) : said_(said) {}
      Result<void> begin(unsigned status, std::string_view) override {
        said_.status = status;
        return {};
      }
      Result<void> write(std::string_view piece) override {
        said_.body += piece;
        return {};
      }
      bool begun() const override { return said_.status != 0; }

     private:
      Said& said_;
    };
    Said said;
    Kept responder(said);
    OperatorApi(*node).handle(request, responder);
    return said;
  }
  // The same, of what must be answered.
  boost::json::value asked(const std::string& method, const std::string& target) {
    const Said said = ask(method, target);
    EXPECT_EQ(said.status, 200u) << target << " " << said.body;
    return boost::json::parse(said.body);
  }
  Said import(const std::string& kind, const std::string& rows, const std::string& more = "") {
    const std::string& header = kind == "cooperations" ? kCooperationHeader : kOrganisationHeader;
    return ask("POST", "/v1/import?kind=" + kind + "&role=own&source=" + kind + ".csv" + more,
               std::string(4, '\0') + header + rows);
  }

  TemporaryFolder folder;
  Founding founding{{"DE24", "ES", "PT16"}};
  FakeClock clock{kNodeIn2024};
  SeededRandom random{17};
  std::unique_ptr<Node> node;
};

}  // namespace regions
