// Products of an amount and a percentage, exact: 2^52 times 10^11 needs 90 bits.
#pragma once

namespace regions {

__extension__ typedef __int128 Wide;

}  // namespace regions
