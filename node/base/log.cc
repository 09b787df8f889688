#include "node/base/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "node/base/limits.h"

namespace regions {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

// RFC 8259 7, and everything that is not printable ASCII as the byte it is: a log reader needs no
// valid UTF-8, and no terminal obeys what a stranger sent.
void append_text(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '"';
  for (const char c : text.substr(0, kLogValueBytesMax)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte >= 0x20 && byte < 0x7f) {
      out += c;
    } else {
      out += "\\u00";
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  out += text.size() > kLogValueBytesMax ? "...\"" : "\"";
}

}  // namespace

void start_log(LogLevel least) {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("regions"));
  spdlog::set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})");
  spdlog::set_level(level_of(least));
}

std::string log_body(std::string_view event, LogFields fields) {
  std::string out = "\"event\":";
  append_text(out, event);
  for (const auto& [name, value] : fields) {
    out += ',';
    append_text(out, name);
    out += ':';
    append_text(out, value);
  }
  return out;
}

void log(LogLevel level, std::string_view event, LogFields fields) {
  spdlog::log(level_of(level), "{}", log_body(event, fields));
}

}  // namespace regions
