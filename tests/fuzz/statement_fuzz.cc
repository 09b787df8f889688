// First byte: the kind; the rest as its payload. What is understood passes its own rules and
// encodes to the same bytes.
#include "protocol/statement/statement.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr const char* kKinds[] = {"release", "withdrawal", "keyset-adopted", "roster-adopted",
                                    "receipt"};
  if (size == 0) return 0;
  const regions::ByteView payload(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto statement =
      regions::decode_payload(regions::payload_type_for(kKinds[data[0] % 5]), payload);
  if (!statement || regions::header_of(*statement) == nullptr) return 0;
  CHECK(regions::check(*statement));
  CHECK(regions::encode_payload(*statement) == payload);
  return 0;
}
