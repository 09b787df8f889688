// Writes one log as the folder that an auditor reads: checkpoint, tiles, bundles, verifier key,
// roster, key set and envelopes (protocol/spec/export.md).
#pragma once

#include <functional>

#include "node/log/log_store.h"
#include "node/log/membership.h"

namespace regions {

// Takes one file of the export: relative path and bytes.
using ExportSink = std::function<Result<void>(const std::string& path, ByteView bytes)>;

// Exports the stored log of `member`, as of its stored head. Payloads that are not here are left
// out.
Result<void> export_log(const Reader& shared, const Membership& membership,
                        const std::string& member, const ExportSink& sink);

}  // namespace regions
