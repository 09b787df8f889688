#include "node/regionctl/client.h"

#include <boost/json.hpp>
#include <boost/url/url.hpp>
#include <iostream>

#include "node/api_operator/operator_api.h"
#include "node/base/limits.h"

namespace regions {
namespace {

namespace json = boost::json;

// The rest of the header is short.
constexpr std::size_t kTargetBytesMax = kHttpHeaderBytesMax - 1024;

// Collects the answer of a node that this process opened itself.
class DirectResponder final : public LocalResponder {
 public:
  explicit DirectResponder(const BodyWriter& on_body) : on_body_(on_body) {}
  Result<void> begin(unsigned status, std::string_view) override {
    status_ = status;
    return {};
  }
  Result<void> write(std::string_view piece) override { return on_body_(piece); }
  bool begun() const override { return status_ != 0; }
  unsigned status() const { return status_; }

 private:
  const BodyWriter& on_body_;
  unsigned status_ = 0;
};

}  // namespace

class DirectNode {
 public:
  static Result<std::shared_ptr<DirectNode>> open(const std::string& home) {
    auto direct = std::make_shared<DirectNode>();
    TRY(direct->node_, Node::open(Home(home), direct->clock_, direct->random_));
    return direct;
  }
  unsigned handle(LocalRequest& request, const BodyWriter& on_body) {
    DirectResponder responder(on_body);
    OperatorApi(*node_).handle(request, responder);
    return responder.status();
  }

 private:
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<Node> node_;
};

namespace {

Result<unsigned> call_directly(const Invocation& invocation, LocalRequest request,
                               const BodyWriter& on_body) {
  if (!invocation.direct) {
    TRY(invocation.direct, DirectNode::open(invocation.home));
  }
  if (!request.body) {
    request.body = [](char*, std::size_t) -> Result<std::size_t> { return std::size_t{0}; };
  }
  return invocation.direct->handle(request, on_body);
}

Errc code_of(std::string_view text) {
  for (int code = 1; code <= kErrcCount; ++code) {
    if (name(static_cast<Errc>(code)) == text) return static_cast<Errc>(code);
  }
  return Errc::malformed;
}

Error error_of(const std::string& body) {
  boost::system::error_code failed;
  const json::value parsed = json::parse(body, failed);
  const json::object* object = failed ? nullptr : parsed.if_object();
  const json::value* error = object == nullptr ? nullptr : object->if_contains("error");
  if (error == nullptr || !error->is_object())
    return fail(Errc::malformed, "the node's answer: " + body);
  const auto text = [&](const char* key) {
    const json::value* value = error->as_object().if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
  };
  return fail(code_of(text("code")), text("message"));
}

}  // namespace

std::string make_target(const std::string& path, const Params& params) {
  boost::urls::url url;
  url.set_path(path);
  for (const auto& [key, value] : params) url.params().append({key, value});
  return std::string(url.encoded_resource());
}

Result<void> call(const Invocation& invocation, const LocalRequest& request,
                  const BodyWriter& on_body) {
  if (invocation.home.empty()) {
    return fail(Errc::invalid_input, "no home: give --home DIR or set REGIONS_HOME");
  }
  // The node would close the connection without a word.
  if (request.target.size() > kTargetBytesMax) {
    return fail(Errc::invalid_input, "what is asked for takes " +
                                         std::to_string(request.target.size()) +
                                         " bytes, a node reads " + std::to_string(kTargetBytesMax) +
                                         "; give shorter arguments");
  }
  // An error's body is small and comes whole before anybody can tell it from data, so the start of
  // every body is held back until the status is known.
  std::string held;
  const BodyWriter keep = [&](std::string_view piece) -> Result<void> {
    held.append(piece);
    if (held.size() <= kOperatorBodyBytesMax) return {};
    auto passed = on_body(held);
    held.clear();
    return passed;
  };
  auto status = local_request(Home(invocation.home).socket(), request, keep);
  if (!status && status.error().code == Errc::not_found)
    status = call_directly(invocation, request, keep);
  if (!status) return status.error();
  if (*status != 200) return error_of(held);
  return on_body(held);
}

Result<Bytes> call(const Invocation& invocation, const std::string& method,
                   const std::string& target, ByteView body) {
  LocalRequest request{method, target, {}};
  if (method != "GET") {
    request.body = [&body](char* data, std::size_t size) -> Result<std::size_t> {
      const std::size_t count = body.copy(data, size);  // an empty view may point nowhere
      body.remove_prefix(count);
      return count;
    };
  }
  Bytes out;
  TRY_VOID(call(invocation, request, [&](std::string_view piece) -> Result<void> {
    out.append(piece);
    return {};
  }));
  return out;
}

// U+0080 to U+009F are control characters too.
std::string printable(std::string_view text) {
  const auto controls = [&](std::size_t at) -> std::size_t {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte < 0x20 && byte != '\n') || byte == 0x7f) return 1;
    const bool c1 =
        byte == 0xc2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0;
    return c1 ? 2 : 0;
  };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t count = controls(at);
    for (std::size_t i = at; i < at + count; ++i) out += "\\x" + to_hex(text.substr(i, 1));
    if (count == 0) out += text[at];
    at += std::max<std::size_t>(count, 1);
  }
  return out;
}

int report(const Error& error) {
  std::cerr << "regionctl: " << printable(error.text()) << "\n";
  return error.code == Errc::invalid_input ? kWrongUse : kFailed;
}

}  // namespace regions
