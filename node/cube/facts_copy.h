// A copy of the facts on disk, so that a node that starts need not read all records: about 20 bytes
// a cooperation and 70 an enterprise in one file, read in one go.
//
// It is an aid and never the truth. It names the state of the records that it was made from, and
// who asks compares; it bears a SHA-256 over everything; one that is damaged, half-written, of
// another version, machine or roster is an error here, and then the records are read. It holds no
// record key: these are derived again. As confidential as the records: 0600, in the home; whoever
// erases records removes it too.
#pragma once

#include <filesystem>

#include "node/cube/facts.h"

namespace regions {

class FactsCopy {
 public:
  // not_found: there is none. unsupported: of another version or machine. mismatch: made with other
  // territories. corrupt, io. read_at() of the facts is the state of the records at the time.
  static Result<Facts> read(const std::filesystem::path& path, const Territories& territories,
                            ByteView secret);
  // In the place of an older one, as a whole or not at all.
  static Result<void> write(const std::filesystem::path& path, const Facts& facts,
                            const Territories& territories);

 private:
  static Result<void> take_head(const records::FactsHead& head, Facts& facts);
  static Result<void> check(const Facts& facts);
  static void derive(Facts& facts, ByteView secret);
};

}  // namespace regions
