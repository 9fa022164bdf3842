// SPDX-License-Identifier: MIT
// What the docs pages of an application load and may reach.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace serval {

/// URLs stand in the pages as they are given, absolute or as a path; the policy of a page follows them.
struct DocsPageOptions {
  /// The script of Swagger UI. Empty: the file that is embedded in the library; a build without it takes one of a CDN.
  std::string swagger_js_url{};
  /// The style sheet of Swagger UI. Empty: as for `swagger_js_url`.
  std::string swagger_css_url{};
  /// The script of ReDoc. Empty: as for `swagger_js_url`.
  std::string redoc_js_url{};
  /// The icon of all pages. Empty: as for `swagger_js_url`.
  std::string favicon_url{};
  /// Origins besides the application's own that "Try it out" and OAuth2 may send requests to:
  /// "https://auth.example.com". Default: none.
  std::vector<std::string> connect_sources{};
  /// Replaces the `content-security-policy` of Swagger UI and ReDoc; empty text: none is sent. It must admit the inline
  /// script of Swagger UI, by `'unsafe-inline'` or a hash: the nonce of a page is not known to it. Default: the pages'
  /// own.
  std::optional<std::string> content_security_policy{};
};

}  // namespace serval
