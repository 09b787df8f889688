// Verifies a log as `regionctl log export` writes it (protocol/spec/export.md): from the roster
// down to every cell, with nothing trusted but the anchor. Pure: the files come through an
// interface, and neither clock nor network is asked. Any thread.
#pragma once

#include <optional>
#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

// A folder as the verifier sees it. Nothing that an implementation returns is trusted.
class ExportedFiles {
 public:
  virtual ~ExportedFiles() = default;
  // Every file below the folder, whatever its name, as a path with '/', no leading one.
  virtual std::vector<std::string> list() const = 0;
  // too_large when the file is longer than `bytes_max`.
  virtual Result<Bytes> read(const std::string& path, std::size_t bytes_max) const = 0;
};

// What the auditor was given by other means than the folder: the genesis fingerprint, or roster 1
// itself. Both may be given; both must then hold.
struct Anchor {
  std::optional<Digest> genesis;
  std::optional<Bytes> roster;
};

enum class Verdict { valid, invalid, indeterminate };
std::string_view name(Verdict verdict);

// A release found in the log, its payload verified.
struct ReleaseLine {
  std::uint64_t index = 0;
  Digest id;
  std::string indicator;
  std::string period;
  std::string table;
  std::uint64_t issued_at = 0;
  std::size_t cells_published = 0;
  std::size_t cells_withheld = 0;

  bool operator==(const ReleaseLine&) const = default;
};

// What was found. Fields keep their defaults where the verification did not get that far.
struct Report {
  Verdict verdict = Verdict::invalid;
  std::vector<std::string> reasons;  // each names its file; at most kExportReasonsMax and one more
  std::string federation;            // name
  std::optional<Digest> genesis;     // of the roster in the folder, whether or not it is anchored
  std::uint32_t roster_version = 0;
  std::optional<Digest> release_plan;  // that it names
  std::string member;
  std::string origin;
  std::uint64_t size = 0;
  std::optional<Digest> root;
  std::uint64_t payloads_verified = 0;
  std::uint64_t not_disclosed = 0;   // named or private entries without payload
  std::uint64_t not_understood = 0;  // kinds or versions that this build does not know
  std::vector<ReleaseLine> releases;
};

inline constexpr std::size_t kExportReasonsMax = 100;

// valid: everything holds under the anchor. invalid: something is changed, missing, added or signed
// by the wrong key. indeterminate: nothing is wrong, but there is no anchor, or the log goes on by
// rules that this build does not know.
Report verify_export(const ExportedFiles& files, const Anchor& anchor);

}  // namespace regions
