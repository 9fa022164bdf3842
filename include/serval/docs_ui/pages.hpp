// SPDX-License-Identifier: MIT
// The HTML pages that show an OpenAPI document: Swagger UI, its OAuth2 redirect, ReDoc.
#pragma once

#include <string>
#include <vector>

#include <serval/json/json.hpp>
#include <serval/schema/json_hook.hpp>

namespace serval::docs_ui {

/// A page and the `content-security-policy` that it needs: it allows only the page's own script and the files that the
/// page loads. The policy allows the script by a random nonce for this page: send the page once, and do not let anybody
/// cache it.
struct Page {
  std::string html;
  std::string content_security_policy;
};

/// All texts are escaped when they are inserted. URLs are absolute, or relative to the page.
struct SwaggerUiOptions {
  /// The title of the page: "Shop - Swagger UI".
  std::string title;
  std::string openapi_url = "/openapi.json";
  std::string js_url;
  std::string css_url;
  std::string favicon_url;
  /// The path of `oauth2_redirect_page`, on the page's own origin. Empty: none.
  std::string oauth2_redirect_url{};
  /// Members for `SwaggerUIBundle({...})`, over those of `default_swagger_ui_parameters`. An object, or null for none.
  json parameters{};
  /// The argument of `ui.initOAuth`. Null: it is not called.
  json init_oauth{};
  /// Other servers to which the page may send requests: "https://api.example.com". Only the origin of a URL counts; for
  /// a URL with variables, "https://{region}.example.com", only the scheme.
  std::vector<std::string> connect_sources{};
};

struct RedocOptions {
  /// The title of the page: "Shop - ReDoc".
  std::string title;
  std::string openapi_url = "/openapi.json";
  std::string js_url;
  std::string favicon_url;
};

/// The default arguments of `SwaggerUIBundle`: `dom_id`, `layout`, `deepLinking`,
/// `showExtensions`, `showCommonExtensions`.
[[nodiscard]] json default_swagger_ui_parameters();

/// Errors: `std::invalid_argument` for `parameters` that are not an object; as `schema::append_json` for values that
/// JSON cannot express.
[[nodiscard]] Page swagger_ui_page(const SwaggerUiOptions& options);
/// The page to which an authorization server redirects the browser; it passes the result to the Swagger UI window that
/// opened it.
[[nodiscard]] Page oauth2_redirect_page();
[[nodiscard]] Page redoc_page(const RedocOptions& options);

}  // namespace serval::docs_ui
