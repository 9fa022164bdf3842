// SPDX-License-Identifier: MIT
// Cookies in both directions: the `cookie` field of a request, `set-cookie` of a response (RFC 6265). No I/O.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/http/http_date.hpp>

namespace serval::http {

/// The cookies of a request, in the order of the wire. A repeated name is kept each time; its last value counts.
/// Surrounding quotes are removed and, within them, backslash escapes undone; no percent-decoding.
class Cookies {
 public:
  Cookies() = default;
  /// Adds the pairs of one `cookie` field; a pair without `=` is a value with an empty name and is kept.
  void parse(std::string_view field);
  void clear() noexcept { pairs_.clear(); }

  /// The last value of that name.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  [[nodiscard]] bool contains(std::string_view name) const noexcept { return get(name).has_value(); }
  [[nodiscard]] std::size_t size() const noexcept { return pairs_.size(); }
  [[nodiscard]] bool empty() const noexcept { return pairs_.empty(); }
  [[nodiscard]] auto begin() const noexcept { return pairs_.begin(); }
  [[nodiscard]] auto end() const noexcept { return pairs_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

/// For which cross-site requests a browser sends the cookie (RFC 6265bis section 5.5). `unset`: the attribute is not
/// sent, and the browser decides.
// g++ warns that the enumerator hides the rule `strict` if the rule was declared before.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
enum class SameSite { lax, strict, none, unset };
#pragma GCC diagnostic pop

/// The attributes of a cookie that is set, for designated initialisers: `{.http_only = true}`.
struct CookieOptions {
  /// How long the client keeps the cookie. Not set: until the browser is closed. 0: the client forgets it at once.
  std::optional<std::chrono::seconds> max_age{};
  /// The time at which the client forgets the cookie; `max_age` takes precedence. Not set: no `expires` is sent.
  std::optional<std::chrono::system_clock::time_point> expires{};
  /// The path under which the client sends the cookie. Empty: no `Path` is sent, which means the folder of the request.
  std::string path = "/";
  /// The host that gets the cookie, with all hosts below it. Empty: no `Domain` is sent, which means only this host.
  std::string domain{};
  /// Whether the client sends the cookie only over https.
  bool secure = false;
  /// Whether scripts of a page cannot read the cookie.
  bool http_only = false;
  /// For which cross-site requests the cookie is sent.
  SameSite same_site = SameSite::lax;
};

/// The value of a `set-cookie` field, attributes in alphabetical order. A value that is empty or has characters other
/// than letters, digits and ``!#$%&'*+-.^_`|~:`` is quoted; quote, backslash, comma and non-ASCII bytes in it are
/// escaped. Errors: `std::invalid_argument` for a name that is not a token, or a control byte or `;` in a value or
/// attribute.
[[nodiscard]] std::string format_set_cookie(std::string_view name, std::string_view value,
                                            const CookieOptions& options);

}  // namespace serval::http
