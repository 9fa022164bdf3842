// SPDX-License-Identifier: MIT
#include <serval/http/content_coding.hpp>

#include <serval/http/headers.hpp>

#include <optional>
#include <string>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::http {
namespace {

// One element of the field; nothing if malformed.
struct Accepted {
  std::string_view coding;
  int quality = 1000;  // in thousandths
};

std::optional<Accepted> parse_element(std::string_view element) {
  const std::size_t semicolon = element.find(';');
  Accepted accepted{detail::trim_whitespace(element.substr(0, semicolon))};
  if (!detail::is_token(accepted.coding)) return std::nullopt;
  if (semicolon == std::string_view::npos) return accepted;
  const std::string_view weight = detail::trim_whitespace(element.substr(semicolon + 1));
  if (weight.size() < 2 || detail::to_lower(weight[0]) != 'q' || weight[1] != '=') return std::nullopt;
  accepted.quality = detail::parse_quality(weight.substr(2));
  return accepted.quality < 0 ? std::nullopt : std::optional(accepted);
}

// RFC 9110 section 8.4.1.3: x-gzip is gzip.
bool names(std::string_view accepted, std::string_view coding) noexcept {
  return iequals(accepted, coding) || (coding == "gzip" && iequals(accepted, "x-gzip"));
}

// The weight of a coding in the field: its own, otherwise that of '*', otherwise `otherwise`.
int quality_of(std::string_view field, std::string_view coding, int otherwise) {
  int wild = otherwise;
  while (!field.empty()) {
    if (const auto accepted = parse_element(detail::take_element(field))) {
      if (names(accepted->coding, coding)) return accepted->quality;
      if (accepted->coding == "*") wild = accepted->quality;
    }
  }
  return wild;
}

}  // namespace

std::string_view negotiate_coding(std::string_view accept_encoding, std::span<const std::string_view> offered) {
  std::string_view best = "identity";
  int best_quality = 0;
  for (const std::string_view coding : offered) {
    const int quality = quality_of(accept_encoding, coding, 0);
    if (quality > best_quality) {
      best = coding;
      best_quality = quality;
    }
  }
  // If identity is not named, it is acceptable, but with a lower preference than named codings.
  return quality_of(accept_encoding, "identity", 0) > best_quality ? std::string_view("identity") : best;
}

}  // namespace serval::http
