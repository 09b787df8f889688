// Two real nodes, PT16 under attack and ES13 honest, in a federation whose other members a test
// plays: it holds all their keys.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <memory>

#include "tests/e2e/support/process.h"
#include "tests/support/federation/test_federation.h"

namespace regions {

// What a process used, from its own metrics.
struct Used {
  double cpu_seconds = 0;
  double resident_mib = 0;
};

class Nodes {
 public:
  explicit Nodes(const std::vector<std::string>& played);
  ~Nodes();

  const TestFederation& federation() const { return *federation_; }
  int port(const std::string& id) const { return sockets_.at(id).second; }
  int listener(const std::string& id) const { return sockets_.at(id).first; }
  PrivateKey key(const std::string& id, Role role) const { return federation_->key(id, role); }

  // What PT16 says of a peer; empty when it does not answer.
  boost::json::object peer(const std::string& id) const;
  std::string metrics() const;
  Used used() const;
  bool running() { return victim_->running(); }
  std::string log() const { return read_text(folder_.path() / "PT16.log"); }
  // Releases one more year at ES13; whether PT16 has verified it within the limit.
  bool honest_exchange_goes_on(int limit_seconds);

 private:
  std::filesystem::path home(const std::string& id) const { return folder_.path() / id; }
  void make_home(const std::string& id) const;
  std::unique_ptr<Process> start(const std::string& id) const;
  std::string ask(const std::string& target) const;

  TempFolder folder_;
  std::map<std::string, std::pair<int, int>> sockets_;  // descriptor, port
  std::unique_ptr<TestFederation> federation_;
  std::unique_ptr<Process> victim_, honest_;
  int year_ = 2001;
};

}  // namespace regions
