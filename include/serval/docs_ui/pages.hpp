// SPDX-License-Identifier: MIT
// The HTML pages that show an OpenAPI document: Swagger UI, its OAuth2 redirect, ReDoc.
#pragma once

#include <string>
#include <vector>

#include <serval/json/json.hpp>
#include <serval/schema/json_hook.hpp>

namespace serval::docs_ui {

/// A page and the `content-security-policy` that lets it work: its own script, what it loads, nothing else. The policy
/// knows the script by a nonce that is drawn for this page: it is to be sent once, and kept by nobody.
struct Page {
  std::string html;
  std::string content_security_policy;
};

/// All texts are escaped where they are put in. URLs are absolute, or relative to the page.
struct SwaggerUiOptions {
  /// Of the page: "Shop - Swagger UI".
  std::string title;
  std::string openapi_url = "/openapi.json";
  std::string js_url;
  std::string css_url;
  std::string favicon_url;
  /// The path of `oauth2_redirect_page`, on the page's own origin. Empty: none.
  std::string oauth2_redirect_url{};
  /// Members for `SwaggerUIBundle({...})`, over those of `default_swagger_ui_parameters`. An object, or null for none.
  json parameters{};
  /// What `ui.initOAuth` is called with. Null: it is not called.
  json init_oauth{};
  /// Servers besides the page's own that its requests may go to: "https://api.example.com". Of a URL the origin counts,
  /// of one with variables, "https://{region}.example.com", the scheme alone.
  std::vector<std::string> connect_sources{};
};

struct RedocOptions {
  /// Of the page: "Shop - ReDoc".
  std::string title;
  std::string openapi_url = "/openapi.json";
  std::string js_url;
  std::string favicon_url;
};

/// What `SwaggerUIBundle` is called with unless the options say otherwise: `dom_id`, `layout`, `deepLinking`,
/// `showExtensions`, `showCommonExtensions`.
[[nodiscard]] json default_swagger_ui_parameters();

/// Errors: `std::invalid_argument` for `parameters` that are no object; as `schema::append_json` for what JSON cannot
/// say.
[[nodiscard]] Page swagger_ui_page(const SwaggerUiOptions& options);
/// Where an authorization server sends the browser back to; hands what came to the Swagger UI window that opened it.
[[nodiscard]] Page oauth2_redirect_page();
[[nodiscard]] Page redoc_page(const RedocOptions& options);

}  // namespace serval::docs_ui
