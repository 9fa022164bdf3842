// SPDX-License-Identifier: MIT
// URLs as a type of parameters and members, in the normal form of the WHATWG URL Standard.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <serval/types/text_ops_of.hpp>

namespace serval {

/// An absolute URL of any scheme, normalised: scheme and host in lower case, default port dropped, an empty path
/// becomes "/", dot segments are resolved, characters are escaped where necessary. Default: empty, which no input can
/// be. Non-ASCII host names are refused: write them in punycode.
class Url {
 public:
  Url() = default;
  /// Throws std::invalid_argument that says what is wrong with `text`.
  explicit Url(std::string_view text);

  /// The whole URL in its normal form.
  [[nodiscard]] const std::string& to_string() const noexcept { return text_; }
  [[nodiscard]] const std::string& scheme() const noexcept { return scheme_; }
  /// "user" or "user:password", still escaped.
  [[nodiscard]] const std::string& user_info() const noexcept { return user_info_; }
  /// A name, an IPv4 address, or an IPv6 address in brackets; empty if the scheme has none.
  [[nodiscard]] const std::string& host() const noexcept { return host_; }
  /// The port; nothing for the default port of the scheme.
  [[nodiscard]] std::optional<std::uint16_t> port() const noexcept { return port_; }
  /// Still escaped.
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// Without the '?', still escaped.
  [[nodiscard]] const std::optional<std::string>& query() const noexcept { return query_; }
  /// Without the '#', still escaped.
  [[nodiscard]] const std::optional<std::string>& fragment() const noexcept { return fragment_; }

  friend bool operator==(const Url& left, const Url& right) noexcept { return left.text_ == right.text_; }
  friend auto operator<=>(const Url& left, const Url& right) noexcept { return left.text_ <=> right.text_; }

 private:
  friend class UrlParser;
  std::string text_, scheme_, user_info_, host_, path_;
  std::optional<std::uint16_t> port_;
  std::optional<std::string> query_, fragment_;
};

/// A URL with the scheme http or https of at most 2083 characters.
class HttpUrl : public Url {
 public:
  HttpUrl() = default;
  /// Throws std::invalid_argument that says what is wrong with `text`.
  explicit HttpUrl(std::string_view text);
};

namespace detail {
extern const TextOps url_ops;
extern const TextOps http_url_ops;
template <>
inline constexpr const TextOps* text_ops_of<Url> = &url_ops;
template <>
inline constexpr const TextOps* text_ops_of<HttpUrl> = &http_url_ops;
}  // namespace detail

}  // namespace serval
