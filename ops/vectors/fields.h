// The fields of one vector, read exactly: a field of another type, one that is missing and one that
// nobody knows make the form of the vector unknown (invalid_input, naming the field). Words that
// only describe (id, comment, source, ...) may stand anywhere.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "ops/vectors/outcome.h"
#include "protocol/base/bytes.h"

namespace regions::vectors {

class Fields {
 public:
  // not an object: invalid_input.
  static Result<Fields> of(const boost::json::value& value);

  bool has(std::string_view key) const { return object_->contains(key); }
  // Each reads a field and so makes it a known one.
  Result<std::string_view> text(std::string_view key);
  Result<std::uint64_t> number(std::string_view key);
  Result<Bytes> hex(std::string_view key);
  Result<Bytes> base64(std::string_view key);
  // null is the empty list.
  Result<std::vector<Bytes>> base64_list(std::string_view key);
  Result<std::vector<std::string_view>> text_list(std::string_view key);
  Result<const boost::json::array*> list(std::string_view key);
  Result<Fields> fields(std::string_view key);
  // Known from here on, whatever it holds.
  void ignore(std::initializer_list<std::string_view> keys);

  // wantErr, expect or result; none: must succeed. Several must agree.
  Result<Marker> marker();
  // invalid_input when a field is left that was neither read nor describes.
  Result<void> end() const;

 private:
  explicit Fields(const boost::json::object& object) : object_(&object) {}
  Result<const boost::json::value*> value(std::string_view key);
  Result<std::optional<Marker>> marker_in(std::string_view key);

  const boost::json::object* object_;
  std::set<std::string_view> known_;
};

// A JSON file of at most kVectorFileBytesMax.
inline constexpr std::size_t kVectorFileBytesMax = 64 * 1024 * 1024;
Result<boost::json::value> parse_json(ByteView text);

}  // namespace regions::vectors
