// import.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <iostream>

#include "node/base/file.h"
#include "node/base/limits.h"
#include "node/records/source.h"
#include "node/regionctl/commands.h"
#include "node/regionctl/terminal_line.h"

namespace regions {
namespace {

namespace json = boost::json;

struct ImportCommand {
  std::string kind;
  std::string file;
  std::string role = "own";
  std::string mapping;
  std::string rejects;
};

// Says on a terminal how far a long import has come.
class Progress {
 public:
  explicit Progress(const std::string& file) {
    struct stat info {};
    if (file != "-" && ::stat(file.c_str(), &info) == 0)
      total_ = static_cast<std::uint64_t>(info.st_size);
  }
  void add(std::size_t bytes) {
    sent_ += bytes;
    if (!line_.is_due()) return;
    std::string text = "import: " + std::to_string(sent_ / 1'000'000) + " MB sent";
    if (total_ > 0) text += " of " + std::to_string(total_ / 1'000'000);
    line_.say(text + ", what is committed stays if you stop; run it again to go on");
  }

 private:
  TerminalLine line_;
  std::uint64_t total_ = 0, sent_ = 0;
};

// Read as rows a compressed file is broken text; its first bytes tell (RFC 1952).
Error compressed(const ImportCommand& command) {
  const bool input = command.file == "-";
  return fail(Errc::invalid_input,
              (input ? "standard input" : command.file) + ": compressed by gzip; zcat " +
                  (input ? "FILE" : command.file) + " | regionctl import " + command.kind + " -");
}
bool is_gzip(const char* data, std::size_t size) {
  return size > 1 && data[0] == '\x1f' && data[1] == '\x8b';
}

// The mapping behind its length, then the file.
Result<BodyReader> import_body(const ImportCommand& command, std::shared_ptr<Progress> progress) {
  std::string mapping;
  if (!command.mapping.empty()) {
    TRY(mapping, read_file(command.mapping, kConfigBytesMax));
  }
  auto head = std::make_shared<Bytes>();
  append_u32(*head, static_cast<std::uint32_t>(mapping.size()));
  head->append(mapping);
  ByteSource rows = descriptor_source(STDIN_FILENO);
  if (command.file != "-") {
    TRY(rows, file_source(command.file));
  }
  return BodyReader([head, rows, progress, command, begun = false](
                        char* data, std::size_t size) mutable -> Result<std::size_t> {
    if (!head->empty()) {
      const std::size_t count = std::min(size, head->size());
      std::memcpy(data, head->data(), count);
      head->erase(0, count);
      return count;
    }
    TRY(const std::size_t got, rows(data, size));
    if (!std::exchange(begun, true) && is_gzip(data, got)) return compressed(command);
    progress->add(got);
    return got;
  });
}

// The answer: one line of JSON, and behind it the rejected rows when they were asked for.
class ImportAnswer {
 public:
  ImportAnswer() = default;
  ~ImportAnswer() {
    if (fd_ >= 0) ::close(fd_);
  }
  ImportAnswer(const ImportAnswer&) = delete;
  ImportAnswer& operator=(const ImportAnswer&) = delete;

  // `input`: the file that is imported, which must not be overwritten.
  Result<void> open(const std::string& path, const std::string& input) {
    if (path.empty()) return {};
    std::error_code ignored;
    if (std::filesystem::equivalent(path, input, ignored)) {
      return fail(Errc::invalid_input,
                  "--rejects " + path + ": is the file to import; name another");
    }
    fd_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd_ < 0 || ::fchmod(fd_, 0600) != 0)
      return fail(Errc::io, path + ": " + std::strerror(errno));
    return {};
  }
  Result<void> take(std::string_view piece) {
    if (!line_done_) {
      const std::size_t end = piece.find('\n');
      line_.append(piece.substr(0, end));
      if (end == std::string_view::npos) return {};
      line_done_ = true;
      piece.remove_prefix(end + 1);
    }
    while (fd_ >= 0 && !piece.empty()) {
      const ssize_t put = ::write(fd_, piece.data(), piece.size());
      if (put < 0) return fail(Errc::io, std::string("reject file: ") + std::strerror(errno));
      piece.remove_prefix(static_cast<std::size_t>(put));
    }
    return {};
  }
  const std::string& summary() const { return line_; }

 private:
  std::string line_;
  bool line_done_ = false;
  int fd_ = -1;
};

void print_summary(const json::object& summary, bool own) {
  const auto number = [&](const char* key) { return summary.at(key).to_number<std::uint64_t>(); };
  std::cout << std::string(summary.at("source").as_string()) << ": " << number("read")
            << " rows read: " << number("added") << " added, " << number("changed") << " changed, "
            << number("unchanged") << " unchanged, " << number("rejected") << " rejected\n";
  if (number("undated") > 0)
    std::cout << "  without a start or an end, in no period: " << number("undated") << "\n";
  if (number("unknown_place") > 0)
    std::cout << "  of unknown place: " << number("unknown_place")
              << (own ? " (imported as own, so they count here)" : "") << "\n";
  for (const auto& [column, count] : summary.at("nulls").as_object()) {
    std::cout << "  unknown " << std::string(column) << ": " << count << "\n";
  }
  for (const json::value& absent : summary.at("absent").as_array()) {
    std::cout << "  not in this file, so unknown in its rows: "
              << std::string(absent.at("column").as_string());
    if (const json::value& near = absent.at("near"); near.is_string()) {
      std::cout << " (there is '" << printable(std::string(near.as_string())) << "')";
    }
    std::cout << "\n";
  }
  if (number("rejected") > 0) {
    std::cout << "  rejected rows, with line, column and reason: "
              << std::string(summary.at("rejects").as_string()) << "\n";
  }
}

// A script must not take a file for imported of which every row was rejected.
Result<void> nothing_taken(const json::object& summary) {
  const auto number = [&](const char* key) { return summary.at(key).to_number<std::uint64_t>(); };
  if (number("rejected") == 0 || number("rejected") < number("read")) return {};
  return fail(Errc::refused, "every row was rejected; nothing was taken");
}

Result<void> import(const Invocation& invocation, const ImportCommand& command) {
  auto progress = std::make_shared<Progress>(command.file);
  TRY(BodyReader body, import_body(command, progress));
  Params params{{"kind", command.kind},
                {"role", command.role},
                {"source", command.file == "-" ? "standard input" : command.file}};
  if (!command.mapping.empty()) params["mapping"] = command.mapping;
  if (!command.rejects.empty()) params["rejects"] = "1";
  ImportAnswer answer;
  TRY_VOID(answer.open(command.rejects, command.file));
  const LocalRequest request{"POST", make_target("/v1/import", params), std::move(body)};
  TRY_VOID(call(invocation, request, [&](std::string_view piece) { return answer.take(piece); }));
  progress.reset();
  json::object summary = json::parse(answer.summary()).as_object();
  // The copy that was asked for, in place of the node's own file.
  if (summary.at("rejects").is_string() && !command.rejects.empty()) {
    summary["rejects"] = command.rejects;
  }
  if (invocation.json) {
    std::cout << json::serialize(summary) << "\n";
  } else {
    print_summary(summary, command.role == "own");
  }
  return nothing_taken(summary);
}

}  // namespace

void add_records(Commands& commands) {
  const Invocation& invocation = commands.invocation;
  auto what = std::make_shared<ImportCommand>();
  CLI::App* in = commands.add(&commands.app, "import", "import records from a CSV file");
  in->add_option("KIND", what->kind, "cooperations or organisations")->required();
  in->add_option("FILE", what->file, "the CSV file; - for standard input")->required();
  in->add_option("--role", what->role,
                 "own: our enterprises; partner: other members' (default: own)");
  in->add_option("--mapping", what->mapping, "TOML file that says which column is what");
  in->add_option("--rejects", what->rejects, "also write the rejected rows to this file");
  commands.on(in, [what, &invocation] { return import(invocation, *what); });
}

}  // namespace regions
