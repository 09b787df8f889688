// Stands in for the friends outside policies/ that this test program does not link: the cube
// (decided.h), and the ledger, which reads decisions back.
#pragma once

#include "tests/policies/disclosure/decided.h"

namespace regions {

class Ledger {
 public:
  static Result<FixedHeadlines> restore(ByteView bytes) { return FixedHeadlines::restore(bytes); }
};

}  // namespace regions
