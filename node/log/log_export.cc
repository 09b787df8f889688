#include "node/log/log_export.h"

#include <algorithm>

#include "node/base/limits.h"
#include "protocol/log/checkpoint.h"
#include "protocol/log/note.h"

namespace regions {
namespace {

Result<void> export_keys(const Reader& shared, const Membership& membership,
                         const VerifiedKeySet& keyset, const ExportSink& sink) {
  const std::string& member = keyset.key_set().member;
  const std::uint32_t number = keyset.key_set().number;
  const auto log_keys = keyset.keys_that_sign(Signable::checkpoint);
  CHECK(!log_keys.empty());
  TRY_VOID(sink("vkey", encode_vkey({membership.origin(member), log_keys.front()}) + "\n"));
  TRY(const Bytes roster, Membership::roster_document(shared, 1));
  TRY_VOID(sink("roster/1.dsse", roster));
  TRY(const Bytes document, Membership::keyset_document(shared, member, number));
  return sink("keyset/" + std::to_string(number) + ".dsse", document);
}

// One bundle and the envelopes that its entries name.
Result<void> export_bundle(const Reader& shared, const LogStore& log, std::uint64_t number,
                           unsigned width, const ExportSink& sink) {
  TRY(const auto entries, log.entries(number * kTileWidth, width));
  if (entries.size() < width)
    return fail(Errc::corrupt, bundle_path(number, width) + ": entries are missing");
  TRY_VOID(sink(bundle_path(number, width), encode_bundle(entries)));
  for (const Bytes& bytes : entries) {
    // The digest stands at the same place in every entry version that has 56 bytes.
    const auto digest =
        Digest::from_bytes(ByteView(bytes).substr(kEntryBytes - kHashBytes), "entry");
    if (!digest) return digest.error();
    TRY(const auto envelope, shared.get(Area::envelopes, digest->view()));
    if (envelope) TRY_VOID(sink("envelope/" + digest->hex() + ".dsse", *envelope));
  }
  return {};
}

}  // namespace

Result<void> export_log(const Reader& shared, const Membership& membership,
                        const std::string& member, const ExportSink& sink) {
  const LogStore log(shared, member);
  TRY(const auto head, log.head());
  if (!head) return fail(Errc::not_found, "no log of " + member + " here yet");
  const VerifiedKeySet* keyset = membership.keyset(member);
  if (keyset == nullptr) return fail(Errc::not_found, "key set of " + member + " is not installed");
  const auto catching_up = [&] {
    return fail(Errc::busy, "the log of " + member + " is still being caught up with; try again");
  };
  if (head->checkpoint.empty()) return catching_up();
  const auto covered = open_checkpoint(head->checkpoint, membership.origin(member),
                                       keyset->keys_that_sign(Signable::checkpoint));
  if (!covered) return covered.error().in("stored checkpoint of " + member);
  if (covered->size != head->size) return catching_up();
  TRY_VOID(export_keys(shared, membership, *keyset, sink));
  for (const TileId& id : tiles_of(head->size)) {
    TRY(const Bytes tile, log.tile(id));
    TRY_VOID(sink(tile_path(id), tile));
  }
  for (std::uint64_t bundle = 0; bundle * kTileWidth < head->size; ++bundle) {
    TRY_VOID(export_bundle(shared, log, bundle, tile_width(0, bundle, head->size), sink));
  }
  return sink("checkpoint", head->checkpoint);
}

}  // namespace regions
