// SPDX-License-Identifier: MIT
// The cookies that a test client keeps between requests, like a browser (RFC 6265 section 5).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace serval::http {

/// Cookies by name, host and path. A cookie that a response sets is sent with requests to the same host under its path,
/// and a `Secure` one only over https; it is dropped when a response deletes it by `Max-Age` or `Expires`. A `Domain`
/// attribute extends it to hosts below that domain.
class CookieJar {
 public:
  /// Sets a cookie for all hosts and paths.
  void set(std::string_view name, std::string_view value);
  /// The value of the first cookie of that name.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const noexcept;
  void erase(std::string_view name);
  void clear() noexcept { cookies_.clear(); }
  [[nodiscard]] std::size_t size() const noexcept { return cookies_.size(); }
  [[nodiscard]] bool empty() const noexcept { return cookies_.empty(); }

  /// Stores the cookie of a `set-cookie` field that `host` sent for a request of `path`.
  void store(std::string_view set_cookie, std::string_view host, std::string_view path);
  /// The value of the `cookie` field of a request; empty if no cookie applies.
  [[nodiscard]] std::string field_for(std::string_view scheme, std::string_view host, std::string_view path) const;

 private:
  struct Cookie {
    std::string name;
    std::string value;   // as it was set, including quotes
    std::string domain;  // empty: all hosts
    std::string path = "/";
    bool host_only = true;
    bool secure = false;
  };
  void replace(Cookie cookie, bool keep);

  std::vector<Cookie> cookies_;
};

}  // namespace serval::http
