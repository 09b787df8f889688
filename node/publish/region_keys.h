// What publish derives from the region's secret, which itself stays with the cube: a key for each
// use, so that none of them tells another one or the secret. Confidential.
#pragma once

#include "protocol/base/bytes.h"

namespace regions {

// Of the digests that confirm a dry run (confirmation.h).
Digest confirmation_key(ByteView region_secret);
// That breaks ties between patterns of withheld amounts, so that nobody else can replay the choice.
// Another secret gives other ties from then on; what was decided stands in the ledger.
Digest amount_key(ByteView region_secret);

}  // namespace regions
