// Strings as numbers, in order of first sight. Compact: the bytes of each, 8 for where they end and
// 8 to 16 for finding it. Plain values; one thread writes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regions {

class Names {
 public:
  Names() : places_(16) {}

  std::size_t size() const { return ends_.size(); }
  // i < size(). Valid until the next name is added.
  std::string_view operator[](std::uint32_t i) const {
    const std::uint64_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(text_).substr(begin, ends_[i] - begin);
  }

  // Its number; a new name gets size().
  std::uint32_t number(std::string_view name) {
    std::size_t at = place_of(name);
    if (places_[at] != 0) return places_[at] - 1;
    text_.append(name);
    ends_.push_back(text_.size());
    places_[at] = static_cast<std::uint32_t>(size());
    if (size() * 2 > places_.size()) spread(places_.size() * 2);
    return static_cast<std::uint32_t>(size() - 1);
  }
  std::optional<std::uint32_t> find(std::string_view name) const {
    const std::uint32_t held = places_[place_of(name)];
    if (held == 0) return std::nullopt;
    return held - 1;
  }

  // Memory that is held.
  std::size_t bytes() const {
    return text_.capacity() + ends_.capacity() * sizeof(std::uint64_t) +
           places_.capacity() * sizeof(std::uint32_t);
  }

  // For what is kept on disk: the bytes of all, and where each ends in them.
  const std::string& text() const { return text_; }
  const std::vector<std::uint64_t>& ends() const { return ends_; }
  // False, and no names: the ends do not lie in the text, or one stands there twice.
  bool restore(std::string text, std::vector<std::uint64_t> ends) {
    *this = Names();
    std::uint64_t before = 0;
    for (const std::uint64_t end : ends) {
      if (end < before || end > text.size()) return false;
      before = end;
    }
    if (before != text.size()) return false;
    text_ = std::move(text);
    ends_ = std::move(ends);
    std::size_t places = places_.size();
    while (places < size() * 2) places *= 2;
    if (spread(places)) return true;
    *this = Names();
    return false;
  }

 private:
  // Where the name stands, or the free place where it would.
  std::size_t place_of(std::string_view name) const {
    std::size_t at = std::hash<std::string_view>()(name) & (places_.size() - 1);
    while (places_[at] != 0 && (*this)[places_[at] - 1] != name) {
      at = (at + 1) & (places_.size() - 1);
    }
    return at;
  }
  // False: a name stands there twice.
  bool spread(std::size_t places) {
    places_.assign(places, 0);
    for (std::uint32_t i = 0; i < size(); ++i) {
      std::uint32_t& held = places_[place_of((*this)[i])];
      if (held != 0) return false;
      held = i + 1;
    }
    return true;
  }

  std::string text_;
  std::vector<std::uint64_t> ends_;
  std::vector<std::uint32_t> places_;  // number + 1, 0 is free; a power of two, at most half full
};

}  // namespace regions
