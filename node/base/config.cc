#include "node/base/config.h"

#include "policies/catalogue/toml_reader.h"
#include "protocol/base/ids.h"

namespace regions {
namespace {}  // namespace

Result<HostPort> parse_host_port(std::string_view text) {
  const auto bad = [&] {
    return fail(Errc::invalid_input, "\"" + std::string(text) +
                                         "\": HOST:PORT expected, such as "
                                         "0.0.0.0:7443 or [::1]:7443");
  };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return bad();
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const auto number = parse_decimal(port);
  if (!number || *number > 65535) return bad();
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!bracketed && host.find(':') != std::string_view::npos) return bad();
  for (const char c : host) {
    const bool allowed =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == ':';
    if (!allowed) return bad();
  }
  return HostPort{std::string(host), std::string(port)};
}

Result<Config> parse_config(std::string_view toml, const std::string& name) {
  TRY(const TomlTable top, TomlTable::parse(name, toml));
  TRY_VOID(check_format(top, std::string(kConfigFormat)));
  TRY_VOID(top.refuse_unknown_keys({"format", "federation", "member", "listen"}));
  Config config;
  TRY(config.federation, top.string("federation"));
  TRY(config.member, top.string("member"));
  TRY(config.listen, top.string("listen"));
  if (const auto good = check_federation_name(config.federation); !good) {
    return top.error("federation", good.error().context, "use the name that roster 1 carries");
  }
  if (const auto good = check_member_id(config.member); !good) {
    return top.error("member", good.error().context, "use the id given at init; it never changes");
  }
  if (const auto good = parse_host_port(config.listen); !good) {
    return top.error("listen", good.error().context, "name the address of the peer port");
  }
  return config;
}

Result<void> check_options(const Config& config) {
  if (const auto good = check_federation_name(config.federation); !good) {
    return fail(Errc::invalid_input, "--federation " + config.federation + ": " +
                                         good.error().context + "; such as example.eu");
  }
  if (const auto good = check_member_id(config.member); !good) {
    return fail(Errc::invalid_input, "--member " + config.member + ": " + good.error().context +
                                         "; such as PT16, and it never changes");
  }
  const auto listen = parse_host_port(config.listen);
  return listen ? Result<void>() : Result<void>(listen.error().in("--listen"));
}

std::string encode_config(const Config& config) {
  return "# Explained key by key in ops/CONFIG.md.\n"
         "format = \"" +
         std::string(kConfigFormat) +
         "\"\n"
         "federation = \"" +
         config.federation +
         "\"\n"
         "member = \"" +
         config.member +
         "\"\n"
         "listen = \"" +
         config.listen + "\"\n";
}

}  // namespace regions
