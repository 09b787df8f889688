// The worked example of protocol/spec/cellkey.md, computed.
#include <gtest/gtest.h>

#include "policies/disclosure/perturbation_generator.h"
#include "protocol/base/tagged.h"
#include "protocol/crypto/sha256.h"
#include "tests/policies/disclosure/key_reading.h"
#include "tests/protocol/log/spec_page.h"

namespace regions {
namespace {

using Examples = std::map<std::string, std::string>;

Bytes secret() {
  Bytes bytes;
  for (char c = 0; c < 32; ++c) bytes.push_back(c);
  return bytes;
}

Bytes message_of(std::string_view id) {
  TaggedWriter out("cellkey");
  out.field(id);
  return out.take();
}

CellKey spec_cell_of(const std::vector<std::string>& holdings) {
  CellKey key;
  for (const std::string& id : holdings) key.add(record_key(secret(), id));
  return key;
}

std::string text_of(const PerturbationTable::Row& row) {
  std::string text;
  for (const auto& [v, ub] : row) {
    text += (text.empty() ? "" : ",") + std::to_string(v) + ':' + std::to_string(ub);
  }
  return text;
}

TEST(Spec, CellKeyExample) {
  Examples expected{{"secret", to_hex(secret())}};
  for (const std::string id : {"H-77", "PT501", "PT502"}) {
    expected["message " + id] = to_hex(message_of(id));
    expected["hmac " + id] = hmac_sha256(secret(), {message_of(id)}).hex();
    expected["record key " + id] = std::to_string(key_read(spec_cell_of({id})));
  }
  const PerturbationTable table = generate_perturbation_table({3, 2.25, 2}).value();
  for (std::size_t i = 0; i < table.rows().size(); ++i) {
    expected["row " + std::to_string(i)] = text_of(table.rows()[i]);
  }
  const auto publish = [&](const std::string& ids, const std::string& count,
                           const std::vector<std::string>& holdings) {
    const CellKey key = spec_cell_of(holdings);
    expected["key of " + ids] = std::to_string(key_read(key));
    expected["count of " + count] = std::to_string(perturb(table, count[0] - '0', key));
  };
  publish("H-77, PT501, PT502", "4", {"H-77", "PT501", "PT502"});
  publish("H-77", "2", {"H-77"});
  publish("PT501, PT502", "2 without holding", {"PT501", "PT502"});
  EXPECT_EQ(spec_examples("cellkey.md"), expected);
}

}  // namespace
}  // namespace regions
