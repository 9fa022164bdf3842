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

void Headers::set(std::string_view name, std::string_view value) {
  const auto has_name = [&name](const Field& field) { return names_match(field.first, name); };
  const auto kept = std::find_if(fields_.begin(), fields_.end(), has_name);
  if (kept == fields_.end()) return add(name, value);
  check_field(name, value);
  kept->second.assign(value);
  name = kept->first;  // the argument may refer to a field that is removed
  fields_.erase(std::remove_if(kept + 1, fields_.end(), has_name), fields_.end());
}

void Headers::add(std::string_view name, std::string_view value) {
  check_field(name, value);
  fields_.emplace_back(name, value);
}

bool Headers::erase(std::string_view name) {
  if (!contains(name)) return false;
  const std::string owned(name);  // the argument may refer to a field that is removed
  std::erase_if(fields_, [&owned](const Field& field) { return names_match(field.first, owned); });
  return true;
}

std::optional<std::string_view> Headers::get(std::string_view name) const noexcept {
  for (const Field& field : fields_) {
    if (names_match(field.first, name)) return field.second;
  }
  return std::nullopt;
}

std::vector<std::string_view> Headers::get_all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Field& field : fields_) {
    if (names_match(field.first, name)) values.push_back(field.second);
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
