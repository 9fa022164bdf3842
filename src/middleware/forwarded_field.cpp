// SPDX-License-Identifier: MIT
#include "middleware/forwarded_field.hpp"

#include <cstddef>

#include <serval/http/headers.hpp>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::detail {

namespace {

constexpr CharSet value_chars = CharSet(token_chars).add(":[]");

class ForwardedReader {
 public:
  explicit ForwardedReader(std::string_view text) : text_(text) {}

  std::optional<std::vector<ForwardedElement>> read() {
    std::vector<ForwardedElement> elements;
    do {
      if (elements.size() == max_forwarded_elements || !read_element(elements.emplace_back())) return std::nullopt;
    } while (take(','));
    if (position_ != text_.size()) return std::nullopt;
    return elements;
  }

 private:
  /// forwarded-element = [ forwarded-pair ] *( ";" [ forwarded-pair ] )
  bool read_element(ForwardedElement& element) {
    do {
      skip_spaces();
      const std::string_view name = take_all(token_chars);
      if (!name.empty() && !read_pair(name, element)) return false;
      skip_spaces();
    } while (take(';'));
    return true;
  }

  bool read_pair(std::string_view name, ForwardedElement& element) {
    std::string value;
    if (!take('=') || !read_value(value)) return false;
    std::string* const member = http::iequals(name, "for")     ? &element.node
                                : http::iequals(name, "proto") ? &element.proto
                                : http::iequals(name, "host")  ? &element.host
                                                               : nullptr;
    if (member == nullptr) return true;
    if (!member->empty()) return false;
    *member = std::move(value);
    return true;
  }

  /// A token or a quoted-string (RFC 9110 section 5.6.4); not empty.
  bool read_value(std::string& value) {
    if (!take('"')) {
      value = take_all(value_chars);
      return !value.empty();
    }
    while (position_ < text_.size()) {
      char c = text_[position_++];
      if (c == '"') return !value.empty();
      if (c == '\\') {
        if (position_ == text_.size()) return false;
        c = text_[position_++];
      }
      if (is_control(c) && c != '\t') return false;
      value += c;
    }
    return false;
  }

  bool take(char c) {
    if (position_ == text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }
  std::string_view take_all(const CharSet& chars) {
    const std::size_t begin = position_;
    while (position_ < text_.size() && chars.contains(text_[position_])) ++position_;
    return text_.substr(begin, position_ - begin);
  }
  void skip_spaces() {
    while (take(' ') || take('\t')) {
    }
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace

std::optional<std::vector<ForwardedElement>> parse_forwarded(std::string_view field) {
  return ForwardedReader(field).read();
}

}  // namespace serval::detail
