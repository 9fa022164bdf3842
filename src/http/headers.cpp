// SPDX-License-Identifier: MIT
#include <serval/http/headers.hpp>

#include <algorithm>
#include <cstddef>
#include <stdexcept>

#include "base/ascii.hpp"
#include "base/byte_scan.hpp"
#include "http/grammar.hpp"

namespace serval::http {
namespace {

constexpr std::size_t first_capacity = 256;
// `clear` frees a text that grew beyond this: one large response must not keep its memory for the life of a connection.
constexpr std::size_t max_kept_text_bytes = 4096;

// REQUIRES: both texts have this size.
bool same_but_for_case(const char* a, const char* b, std::size_t size) noexcept {
  std::size_t position = 0;
  for (; size - position >= 8; position += 8) {
    const std::uint64_t left = detail::load_bytes(a + position);
    const std::uint64_t right = detail::load_bytes(b + position);
    if (left != right && detail::bytes_lowered(left) != detail::bytes_lowered(right)) return false;
  }
  for (; position < size; ++position) {
    if (a[position] != b[position] && detail::to_lower(a[position]) != detail::to_lower(b[position])) return false;
  }
  return true;
}

// Lookups compare every field of a request, so most comparisons must end at the length.
bool names_match(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && same_but_for_case(a.data(), b.data(), a.size());
}

void check_field(std::string_view name, std::string_view value) {
  if (!detail::is_token(name)) throw std::invalid_argument("a header name must be a token (RFC 9110 section 5.6.2)");
  if (detail::breaks_a_line(value)) {
    throw std::invalid_argument("the value of header '" + std::string(name) + "' has CR, LF or NUL in it");
  }
}

}  // namespace

bool iequals(std::string_view a, std::string_view b) noexcept { return names_match(a, b); }

std::optional<std::string_view> RequestHeaders::get(std::string_view name) const noexcept {
  for (const HeaderView& field : fields_) {
    if (names_match(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::vector<std::string_view> RequestHeaders::get_all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const HeaderView& field : fields_) {
    if (names_match(field.name, name)) values.push_back(field.value);
  }
  return values;
}

std::vector<std::string_view> RequestHeaders::get_list(std::string_view name) const {
  std::vector<std::string_view> elements;
  for (const HeaderView& field : fields_) {
    if (!names_match(field.name, name)) continue;
    for (std::string_view rest = field.value; !rest.empty();) {
      if (const std::string_view element = detail::take_element(rest); !element.empty()) elements.push_back(element);
    }
  }
  return elements;
}

std::string RequestHeaders::get_joined(std::string_view name) const {
  std::string list;
  for (const HeaderView& field : fields_) {
    if (!names_match(field.name, name)) continue;
    if (!list.empty()) list += ", ";
    list += field.value;
  }
  return list;
}

Headers::Headers(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  fields_.reserve(fields.size());
  for (const auto& [name, value] : fields) add(name, value);
}

Headers::Headers(const Headers& other) {
  fields_.reserve(other.size());
  for (const Field& field : other) fields_.push_back(append(field.name, field.value));
}

Headers& Headers::operator=(const Headers& other) {
  if (this != &other) *this = Headers(other);
  return *this;
}

void Headers::set(std::string_view name, std::string_view value) {
  const auto has_name = [&name](const Field& field) { return names_match(field.name, name); };
  const auto kept = std::find_if(fields_.begin(), fields_.end(), has_name);
  if (kept == fields_.end()) return add(name, value);
  check_field(name, value);
  fields_.erase(std::remove_if(kept + 1, fields_.end(), has_name), fields_.end());
  *kept = append(kept->name, value);
}

void Headers::add(std::string_view name, std::string_view value) {
  check_field(name, value);
  fields_.push_back(append(name, value));
}

bool Headers::erase(std::string_view name) {
  return std::erase_if(fields_, [name](const Field& field) { return names_match(field.name, name); }) != 0;
}

/// The texts may be those of fields, also of removed ones.
Headers::Field Headers::append(std::string_view name, std::string_view value) {
  const std::size_t used = text_.size();
  const std::size_t size = used + name.size() + value.size();
  std::vector<char> old;  // until the texts are copied
  if (size > text_.capacity()) {
    old.reserve(std::max({size, 2 * text_.capacity(), first_capacity}));
    old.assign(text_.begin(), text_.end());
    for (Field& field : fields_) {
      field.name = {old.data() + (field.name.data() - text_.data()), field.name.size()};
      field.value = {old.data() + (field.value.data() - text_.data()), field.value.size()};
    }
    old.swap(text_);
  }
  text_.resize(size);
  char* const own_name = text_.data() + used;
  char* const own_value = std::copy(name.begin(), name.end(), own_name);
  std::copy(value.begin(), value.end(), own_value);
  return {{own_name, name.size()}, {own_value, value.size()}};
}

void Headers::clear() noexcept {
  fields_.clear();
  text_.clear();
  if (text_.capacity() > max_kept_text_bytes) std::vector<char>().swap(text_);
}

std::optional<std::string_view> Headers::get(std::string_view name) const noexcept {
  for (const Field& field : fields_) {
    if (names_match(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::vector<std::string_view> Headers::get_all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Field& field : fields_) {
    if (names_match(field.name, name)) values.push_back(field.value);
  }
  return values;
}

namespace {

template <class Fields>
[[nodiscard]] bool holds_element(const Fields& fields, std::string_view name, std::string_view element) noexcept {
  for (const auto& [own_name, value] : fields) {
    if (!names_match(own_name, name)) continue;
    for (std::string_view rest = value; !rest.empty();) {
      if (iequals(detail::take_element(rest), element)) return true;
    }
  }
  return false;
}

}  // namespace

bool has_list_element(const Headers& headers, std::string_view name, std::string_view element) noexcept {
  return holds_element(headers, name, element);
}

bool has_list_element(const RequestHeaders& headers, std::string_view name, std::string_view element) noexcept {
  return holds_element(headers, name, element);
}

}  // namespace serval::http
