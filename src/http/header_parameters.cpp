// SPDX-License-Identifier: MIT
#include "http/header_parameters.hpp"

#include <serval/http/headers.hpp>
#include <serval/http/url.hpp>

#include <cstddef>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::detail {
namespace {

enum class Backslash { escapes, is_itself };

// The text of a quoted string, removed from the front of `rest` with both quotes. REQUIRES: rest begins with a quote.
std::optional<std::string> take_quoted(std::string_view& rest, Backslash backslash) {
  std::string value;
  for (std::size_t position = 1; position < rest.size(); ++position) {
    const char byte = rest[position];
    if (byte == '"') {
      rest.remove_prefix(position + 1);
      return value;
    }
    const char next = position + 1 < rest.size() ? rest[position + 1] : '\0';
    const bool is_escape = backslash == Backslash::escapes && byte == '\\' && (next == '"' || next == '\\');
    value += is_escape ? next : byte;
    if (is_escape) ++position;
  }
  return std::nullopt;
}

// The text before the next ';', removed from the front of `rest`.
std::string_view take_bare(std::string_view& rest) {
  const std::string_view value = rest.substr(0, rest.find(';'));
  rest.remove_prefix(value.size());
  return trim_whitespace(value);
}

// No field in use has so many. Each name is compared with those before it.
constexpr std::size_t max_parameters = 16;

// One `name=value`, removed from the front of `rest` with the white space around it. False if malformed.
bool take_parameter(std::string_view& rest, HeaderParameters& result, Backslash backslash) {
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos || result.parameters.size() == max_parameters) return false;
  const std::string_view name = trim_whitespace(rest.substr(0, equals));
  rest = trim_whitespace(rest.substr(equals + 1));
  if (!is_token(name) || result.get(name)) return false;
  std::optional<std::string> value;
  if (!rest.empty() && rest.front() == '"') {
    value = take_quoted(rest, backslash);
    rest = trim_whitespace(rest);
  } else {
    value = take_bare(rest);
    if (value->find('"') != std::string::npos) return false;
  }
  if (!value || (!rest.empty() && rest.front() != ';')) return false;
  result.parameters.emplace_back(lowered(name), std::move(*value));
  return true;
}

std::optional<HeaderParameters> parse_with(std::string_view rest, Backslash backslash) {
  HeaderParameters result;
  result.value = take_bare(rest);
  while (!rest.empty()) {
    rest = trim_whitespace(rest.substr(1));
    if (rest.empty() || rest.front() == ';') continue;  // empty parameters are ignored
    if (!take_parameter(rest, result, backslash)) return std::nullopt;
  }
  return result;
}

}  // namespace

std::optional<HeaderParameters> HeaderParameters::parse(std::string_view text) {
  std::optional<HeaderParameters> result = parse_with(text, Backslash::escapes);
  if (!result) result = parse_with(text, Backslash::is_itself);
  return result;
}

std::optional<std::string_view> HeaderParameters::get(std::string_view name) const noexcept {
  for (const auto& [own_name, text] : parameters) {
    if (http::iequals(own_name, name)) return text;
  }
  return std::nullopt;
}

std::optional<std::string> decode_extended_value(std::string_view text) {
  // attr-char, and the '%' of its escapes.
  static constexpr CharSet value_chars = CharSet(alphanumerics).add("!#$&+-.^_`|~%");
  const std::size_t charset_end = text.find('\'');
  if (charset_end == std::string_view::npos || !http::iequals(text.substr(0, charset_end), "utf-8"))
    return std::nullopt;
  const std::size_t language_end = text.find('\'', charset_end + 1);
  if (language_end == std::string_view::npos) return std::nullopt;
  const std::string_view encoded = text.substr(language_end + 1);
  for (std::size_t at = encoded.find('%'); at != std::string_view::npos; at = encoded.find('%', at + 1)) {
    if (encoded.size() - at < 3 || hex_byte(encoded[at + 1], encoded[at + 2]) < 0) return std::nullopt;
  }
  std::string value = http::percent_decode(encoded);
  if (!value_chars.contains_all(encoded) || !http::is_valid_utf8(value)) return std::nullopt;
  return value;
}

}  // namespace serval::detail
