// SPDX-License-Identifier: MIT
// Percent-encoding and the parts of a request target (RFC 3986, RFC 9112 section 3.2). No I/O.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval {

/// Decodes %XX; an invalid or truncated escape stays as written. `+` is left alone.
[[nodiscard]] std::string percent_decode(std::string_view text);
/// As `percent_decode`, with `+` read as space: the form of query strings and urlencoded bodies.
[[nodiscard]] std::string form_decode(std::string_view text);
/// Encodes every byte but the unreserved ones of RFC 3986 section 2.3 and those in `keep`.
[[nodiscard]] std::string percent_encode(std::string_view text, std::string_view keep = {});
/// Makes a `location` value out of any text: what is legal in a URL stays, the rest is encoded.
[[nodiscard]] std::string encode_location(std::string_view url);
/// Replaces each ill-formed UTF-8 sequence by U+FFFD; the well-formed text comes back unchanged.
[[nodiscard]] std::string replace_invalid_utf8(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;

/// The decoded `name=value` pairs of a query string or urlencoded body, in order; names may repeat.
/// `a` and `a=` both give the empty value; pairs split at `&` only; ill-formed UTF-8 becomes U+FFFD.
class QueryParams {
 public:
  using Pair = std::pair<std::string, std::string>;

  QueryParams() = default;
  /// Errors: none; `max_pairs` (0 = no limit) bounds the work, `truncated()` tells when it was hit.
  [[nodiscard]] static QueryParams parse(std::string_view text, std::size_t max_pairs = 0);

  /// The last value of that name.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  [[nodiscard]] std::vector<std::string_view> get_all(std::string_view name) const;
  [[nodiscard]] bool contains(std::string_view name) const noexcept { return get(name).has_value(); }
  [[nodiscard]] std::size_t size() const noexcept { return pairs_.size(); }
  [[nodiscard]] bool empty() const noexcept { return pairs_.empty(); }
  [[nodiscard]] bool truncated() const noexcept { return truncated_; }
  [[nodiscard]] auto begin() const noexcept { return pairs_.begin(); }
  [[nodiscard]] auto end() const noexcept { return pairs_.end(); }

 private:
  std::vector<Pair> pairs_;
  bool truncated_ = false;
};

/// A request target split into its parts; views into the text it was parsed from.
struct Target {
  enum class Form { origin, absolute, authority, asterisk };
  Form form = Form::origin;
  std::string_view scheme;     ///< absolute form only: "http" or "https"
  std::string_view authority;  ///< absolute and authority form only
  std::string_view path;       ///< raw, begins with '/'; "*" for the asterisk form
  std::string_view query;      ///< raw, without the '?'

  /// Nothing when the text is none of the four forms of RFC 9112 section 3.2.
  [[nodiscard]] static std::optional<Target> parse(std::string_view text) noexcept;
};

/// Whether the text can be a Host value: uri-host [":" port] (RFC 9110 section 7.2); empty is valid.
[[nodiscard]] bool is_valid_host(std::string_view host) noexcept;

}  // namespace serval
