// Rosters and key sets as files: read by what they are, so that one given for the other is named.
#pragma once

#include "protocol/statement/dsse.h"

namespace regions {

struct Document {
  Bytes bytes;
  UnverifiedEnvelope envelope;
};

// `payload_type` is kRosterPayloadType or kKeySetPayloadType. invalid_input: the file is something
// else; says what, and which command takes it. Whether it verifies is not asked here.
Result<Document> read_document(const std::string& file, std::string_view payload_type);

}  // namespace regions
