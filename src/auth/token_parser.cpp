// SPDX-License-Identifier: MIT
#include "auth/token_parser.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "auth/base64url.hpp"

namespace serval::detail {

namespace {

constexpr std::size_t max_depth = 32;

/// Whether two of a few names are equal, by comparing each with each.
[[nodiscard]] bool has_equal_pair(std::span<const std::string_view> names) {
  for (std::size_t i = 1; i < names.size(); ++i) {
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i)) {
      return true;
    }
  }
  return false;
}

/// The same for any number of names, also with escapes.
[[nodiscard]] bool has_equal_names(JsonValue object) {
  std::vector<std::string> names;
  names.reserve(object.size());
  std::string scratch;
  for (JsonValue key = object.first(); names.size() < object.size(); key = key.next().next()) {
    names.emplace_back(key.string(scratch));
  }
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

/// REQUIRES: the object has members.
[[nodiscard]] bool has_repeated_member(JsonValue object) {
  std::array<std::string_view, 24> names;  // enough for nearly all tokens
  if (object.size() > names.size()) return has_equal_names(object);
  std::string scratch;
  JsonValue key = object.first();
  for (std::size_t i = 0; i < object.size(); ++i, key = key.next().next()) {
    if (key.is_escaped()) return has_equal_names(object);
    names[i] = key.string(scratch);
  }
  return has_equal_pair(std::span(names).first(object.size()));
}

/// Reads a member of the header that is a text. False: it is there, but is no text.
[[nodiscard]] bool read_text(JsonValue header, std::string_view name, std::optional<std::string>& out) {
  const std::optional<JsonValue> member = header.find(name);
  if (!member) return true;
  if (!member->is_string()) return false;
  std::string scratch;
  out.emplace(member->string(scratch));
  return true;
}

[[nodiscard]] TokenRefusal read_header(std::string_view text, ParsedToken& out) {
  thread_local JsonDocument document;
  if (!parse_object(document, text)) return "the header of the token is not an object with different members";
  const JsonValue header = document.root();
  // An extension that changes the meaning of the token, and none is known here (RFC 7515 section 4.1.11).
  if (header.find("crit")) return "the header of the token has crit";
  std::optional<std::string> algorithm;
  if (!read_text(header, "alg", algorithm) || !algorithm) return "the header of the token has no alg";
  if (!read_text(header, "kid", out.key_id)) return "the kid of the token is not a text";
  if (!read_text(header, "typ", out.type)) return "the typ of the token is not a text";
  out.algorithm = *std::move(algorithm);
  return {};
}

}  // namespace

bool parse_object(JsonDocument& document, std::string_view text) {
  // A text that begins otherwise may still be JSON, with a byte order mark or white space; no issuer writes that.
  if (!text.starts_with('{')) return false;
  if (document.parse(text, max_depth) != JsonDocument::Outcome::ok) return false;
  if (document.text().data() != text.data()) return false;  // UTF-16
  const JsonValue root = document.root();
  return root.is_object() && (root.size() == 0 || !has_repeated_member(root));
}

TokenRefusal parse_token(std::string_view token, std::size_t max_bytes, ParsedToken& out) {
  if (token.size() > max_bytes) return "the token is too long";
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
    return "the token does not have three parts";
  }
  std::string header;
  if (!decode_base64url(token.substr(0, first), header) ||
      !decode_base64url(token.substr(first + 1, second - first - 1), out.payload) ||
      !decode_base64url(token.substr(second + 1), out.signature)) {
    return "the token is not base64url";
  }
  out.signing_input = token.substr(0, second);
  return read_header(header, out);
}

}  // namespace serval::detail
