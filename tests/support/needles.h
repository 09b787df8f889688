// What must stand nowhere outside the confidential store, in every form in which it could stand
// there, and the search for all of it at once.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protocol/base/bytes.h"

namespace regions {

class Needles {
 public:
  // Bytes as they are, hex in both cases, base64 of both alphabets.
  void bytes(const std::string& name, ByteView value);
  // A number below 2^64: decimal, and where it fits 32 bits hex, base64 and both byte orders.
  void number(const std::string& name, std::uint64_t value);
  // The decimal form alone: in what is random and written in hex the others occur by chance.
  void decimal(const std::string& name, std::uint64_t value);

  struct Form {
    std::string name;  // "secret as hex"
    std::string text;
  };
  const std::vector<Form>& forms() const { return forms_; }
  // The names of the forms in `text`, each once.
  std::vector<std::string> found_in(std::string_view text) const;

 private:
  void add(const std::string& name, std::string text);

  std::vector<Form> forms_;
  std::unordered_multimap<std::uint32_t, std::size_t> by_start_;  // first four bytes -> form
};

}  // namespace regions
