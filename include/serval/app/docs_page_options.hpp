// SPDX-License-Identifier: MIT
// Which files the docs pages of an application load, and which hosts they may reach.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace serval {

/// URLs may be absolute or a path and appear in the pages unchanged; the policy of a page allows them.
struct DocsPageOptions {
  /// The script of Swagger UI. Empty: the file that is embedded in the library; a build without it uses a CDN.
  std::string swagger_js_url{};
  /// The style sheet of Swagger UI. Empty: as for `swagger_js_url`.
  std::string swagger_css_url{};
  /// The script of ReDoc. Empty: as for `swagger_js_url`.
  std::string redoc_js_url{};
  /// The icon of all pages. Empty: as for `swagger_js_url`.
  std::string favicon_url{};
  /// Other origins to which "Try it out" and OAuth2 may send requests:
  /// "https://auth.example.com". Default: none.
  std::vector<std::string> connect_sources{};
  /// Replaces the `content-security-policy` of Swagger UI and ReDoc; empty text: none is sent. It must allow the inline
  /// script of Swagger UI by `'unsafe-inline'` or a hash, since it cannot contain the nonce of a page. Default: the
  /// pages' own.
  std::optional<std::string> content_security_policy{};
};

}  // namespace serval
