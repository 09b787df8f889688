#include "node/records/rejects.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace regions {
namespace {

// Written to disk when this much has come together.
constexpr std::size_t kBufferBytes = 64 * 1024;
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

// How many bytes at the front of `text` are one character, 0 when they are none.
std::size_t character(std::string_view text) {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
    if (text[0] != '\0' && is_valid_utf8(text.substr(0, length))) return length;
  }
  return 0;
}

void append_field(std::string& out, std::string_view field) {
  out += '"';
  while (!field.empty()) {
    const std::size_t length = character(field);
    if (length == 0) {
      out += kReplacement;
      field.remove_prefix(1);
      continue;
    }
    if (field[0] == '"') out += '"';
    out += field.substr(0, length);
    field.remove_prefix(length);
  }
  out += '"';
}

class RejectFile final : public RejectSink {
 public:
  RejectFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {
    buffer_ = reject_header();
  }
  ~RejectFile() override { ::close(descriptor_); }
  RejectFile(const RejectFile&) = delete;
  RejectFile& operator=(const RejectFile&) = delete;

  Result<void> add(const Reject& reject) override {
    buffer_ += encode_reject(reject);
    if (buffer_.size() < kBufferBytes) return {};
    return write();
  }
  Result<void> finish() override {
    TRY_VOID(write());
    // A pipe or terminal cannot be synced and need not be.
    if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) return failed();
    return {};
  }

 private:
  Error failed() const {
    return fail(Errc::io, "writing " + path_ + ": " + std::generic_category().message(errno));
  }
  Result<void> write() {
    for (std::string_view rest = buffer_; !rest.empty();) {
      const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return failed();
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
    return {};
  }

  int descriptor_;
  std::string path_;
  std::string buffer_;
};

}  // namespace

Result<std::unique_ptr<RejectSink>> open_reject_file(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  // An older file keeps its rights when it is truncated: they are narrowed before anything is in.
  struct stat found {};
  const bool narrowed = descriptor >= 0 && ::fstat(descriptor, &found) == 0 &&
                        (!S_ISREG(found.st_mode) || ::fchmod(descriptor, 0600) == 0);
  if (!narrowed) {
    const std::string why = std::generic_category().message(errno);
    if (descriptor >= 0) ::close(descriptor);
    return fail(Errc::io, "rejects file " + path.string() + ": " + why);
  }
  return std::unique_ptr<RejectSink>(std::make_unique<RejectFile>(descriptor, path.string()));
}

std::string reject_header() { return "line,column,reason,record\n"; }

std::string encode_reject(const Reject& reject) {
  std::string line = std::to_string(reject.line);
  for (const auto* field : {&reject.column, &reject.reason, &reject.record}) {
    line += ',';
    append_field(line, *field);
  }
  return line += '\n';
}

}  // namespace regions
