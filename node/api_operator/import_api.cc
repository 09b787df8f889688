#include "node/api_operator/operator_api.h"
#include "node/api_operator/replies.h"
#include "node/base/file.h"
#include "node/base/limits.h"
#include "node/base/log.h"
#include "protocol/crypto/sha256.h"

namespace regions {
namespace {

Result<RecordKind> parse_kind(const std::string& text) {
  if (text == "cooperations") return RecordKind::cooperation;
  if (text == "organisations") return RecordKind::organisation;
  return fail(Errc::invalid_input, "\"" + text + "\": cooperations or organisations expected");
}

Result<ImportRole> parse_role(const std::string& text) {
  if (text == "own") return ImportRole::own;
  if (text == "partner") return ImportRole::partner;
  return fail(Errc::invalid_input, "--role " + text + ": own or partner expected");
}

// The mapping stands before the rows, behind its length.
Result<std::optional<Mapping>> read_mapping(LocalRequest& request, const std::string& name) {
  const auto read = [&](std::size_t count) -> Result<Bytes> {
    Bytes out(count, '\0');
    for (std::size_t have = 0; have < count;) {
      TRY(const std::size_t got, request.body(out.data() + have, count - have));
      if (got == 0) return fail(Errc::malformed, "import: the body ends in the mapping");
      have += got;
    }
    return out;
  };
  TRY(const Bytes length, read(4));
  const std::uint32_t size = read_u32(length);
  if (size == 0 && name.empty()) return std::optional<Mapping>();
  if (size > kConfigBytesMax) {
    return fail(Errc::too_large,
                name + ": a mapping of more than " + std::to_string(kConfigBytesMax) + " bytes");
  }
  TRY(const Bytes text, read(size));
  TRY(Mapping mapping, Mapping::parse(name, text));
  return std::optional<Mapping>(std::move(mapping));
}

TerritoryRule territory_of(const Membership& membership, const Member& self) {
  TerritoryRule rule;
  rule.self = self.id;
  rule.territory = self.territory;
  rule.nuts_version = self.nuts_version;
  rule.home_of = [&membership](std::string_view nuts) -> const std::string* {
    const Member* member = membership.roster().home_of(nuts);
    return member == nullptr ? nullptr : &member->id;
  };
  return rule;
}

// A name for the reject file that says what was imported: letters, digits, dot, dash alone.
std::string reject_name(const std::string& source, const std::string& kind,
                        const std::string& role) {
  std::string name;
  for (const char c : std::filesystem::path(source).filename().string()) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_';
    name += plain ? c : '_';
  }
  if (name.empty() || name == "-") name = "standard-input";
  if (name.size() > 100) name.resize(100);
  // Files of one name in two folders are told apart by the whole of it.
  return kind + "." + role + "." + name + "." + sha256(source).hex().substr(0, 8) + ".rejects.csv";
}

// Holds the name of a reject file for as long as the import runs.
class RejectsInUse {
 public:
  RejectsInUse(Node& node, std::string path) : node_(node), path_(std::move(path)) {
    taken_ = node_.take_rejects(path_);
  }
  ~RejectsInUse() {
    if (taken_) node_.leave_rejects(path_);
  }
  RejectsInUse(const RejectsInUse&) = delete;
  RejectsInUse& operator=(const RejectsInUse&) = delete;
  bool taken() const { return taken_; }

 private:
  Node& node_;
  const std::string path_;
  bool taken_ = false;
};

// The reject file as the rest of the answer, for a caller that wants a copy of its own.
Result<void> copy_rejects(const std::filesystem::path& path, LocalResponder& responder) {
  TRY(const ByteSource source, file_source(path));
  char piece[64 * 1024];
  for (;;) {
    TRY(const std::size_t got, source(piece, sizeof piece));
    if (got == 0) return {};
    TRY_VOID(responder.write({piece, got}));
  }
}

}  // namespace

Result<void> OperatorApi::import(Call& call) {
  const auto membership = node_.membership();
  if (!membership) {
    return fail(Errc::refused,
                "no roster is installed, so nobody can tell whose a place is: regionctl roster "
                "install FILE");
  }
  TRY(const std::string kind, param(call.params, "kind"));
  TRY(const std::string role, param(call.params, "role"));
  TRY(const std::string source, param(call.params, "source"));
  ImportOptions options;
  options.source_name = source;
  TRY(options.kind, parse_kind(kind));
  TRY(options.role, parse_role(role));
  const auto mapping_name = call.params.find("mapping");
  TRY(options.mapping,
      read_mapping(call.request, mapping_name == call.params.end() ? "" : mapping_name->second));
  // One import of a file at a time: its reject file is written, and copied from, by that one alone.
  const auto path =
      std::filesystem::absolute(node_.home().rejects()) / reject_name(source, kind, role);
  const RejectsInUse in_use(node_, path.string());
  if (!in_use.taken()) {
    return fail(Errc::busy, source + ": is being imported already; wait until that has ended");
  }
  TRY(const auto rejects, open_reject_file(path));
  const Member* self = membership->roster().find(node_.config().member);
  CHECK(self != nullptr);  // Node::open refuses a roster without this member
  const auto imported = import_csv(call.request.body, options, node_.records(),
                                   territory_of(*membership, *self), *rejects, {}, {});
  std::error_code ignored;
  if (!imported) {
    std::filesystem::remove(path, ignored);
    return imported.error();
  }
  log(LogLevel::info, "import",
      {{"read", std::to_string(imported->read)},
       {"added", std::to_string(imported->added)},
       {"changed", std::to_string(imported->changed)},
       {"rejected", std::to_string(imported->rejected)}});
  if (imported->rejected == 0) std::filesystem::remove(path, ignored);
  TRY_VOID(
      reply(call.responder, import_json(*imported, imported->rejected > 0 ? path.string() : "")));
  if (imported->rejected == 0 || !call.params.contains("rejects")) return {};
  return copy_rejects(path, call.responder);
}

}  // namespace regions
