// SPDX-License-Identifier: MIT
#include "app/docs_routes.hpp"

#include <serval/base/error.hpp>
#include <serval/docs_ui/assets.hpp>
#include <serval/docs_ui/pages.hpp>
#include <serval/http/http_error.hpp>

namespace serval::detail {

namespace {

constexpr std::string_view swagger_cdn = "https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/";
constexpr std::string_view redoc_cdn = "https://cdn.jsdelivr.net/npm/redoc@2/bundles/";

// A router that exposes its declarations.
class DocsRouter : public Router {
 public:
  using Router::declarations;
};

// The folder of a page's files: "/docs" -> "/docs/assets/".
std::string assets_of(std::string_view page_url) {
  return std::string(page_url) + (page_url.ends_with('/') ? "assets/" : "/assets/");
}

// A file's URL: the user's, otherwise that of the embedded file, otherwise on a CDN.
std::string url_of(const std::string& chosen, const std::string& folder, std::string_view name, std::string_view cdn) {
  if (!chosen.empty()) return chosen;
  const docs_ui::Asset* asset = docs_ui::find_asset(name);
  return asset != nullptr ? folder + std::string(asset->path) : std::string(cdn) + std::string(name);
}

docs_ui::Page swagger_ui(const AppOptions& options, std::string_view root_path) {
  const std::string root = page_root(root_path);
  const std::string folder = root + assets_of(options.docs_url);
  docs_ui::SwaggerUiOptions page;
  page.title = options.title + " - Swagger UI";
  page.openapi_url = root + options.openapi_url;
  page.js_url = url_of(options.docs_pages.swagger_js_url, folder, "swagger-ui-bundle.js", swagger_cdn);
  page.css_url = url_of(options.docs_pages.swagger_css_url, folder, "swagger-ui.css", swagger_cdn);
  page.favicon_url = url_of(options.docs_pages.favicon_url, folder, "favicon.svg", {});
  if (!options.swagger_ui_oauth2_redirect_url.empty()) {
    page.oauth2_redirect_url = root + options.swagger_ui_oauth2_redirect_url;
  }
  page.parameters = options.swagger_ui_parameters;
  page.init_oauth = options.swagger_ui_init_oauth;
  page.connect_sources = options.docs_pages.connect_sources;
  for (const openapi::Server& server : options.servers) page.connect_sources.push_back(server.url);
  return docs_ui::swagger_ui_page(page);
}

docs_ui::Page redoc(const AppOptions& options, std::string_view root_path) {
  const std::string root = page_root(root_path);
  const std::string folder = root + assets_of(options.redoc_url);
  return docs_ui::redoc_page(
      {.title = options.title + " - ReDoc",
       .openapi_url = root + options.openapi_url,
       .js_url = url_of(options.docs_pages.redoc_js_url, folder, "redoc.standalone.js", redoc_cdn),
       .favicon_url = url_of(options.docs_pages.favicon_url, folder, "favicon.svg", {})});
}

Response answer(docs_ui::Page page, const std::optional<std::string>& policy) {
  Response response = html(std::move(page.html));
  // A nonce must not be used twice.
  response.headers().set("cache-control", "no-store");
  // "Authorize" opens a window, which reports the login to the page that opened it.
  response.headers().set("cross-origin-opener-policy", "unsafe-none");
  const std::string& sent = policy.value_or(page.content_security_policy);
  if (!sent.empty()) response.headers().set("content-security-policy", sent);
  return response;
}

Response answer_asset(const Request& request) {
  const docs_ui::Asset* asset = docs_ui::find_asset_at(request.path_params().get("path").value_or(""));
  if (asset == nullptr) throw HttpError(404);
  return docs_ui::asset_response(*asset, request);
}

}  // namespace

std::string_view option_of_path(const AppOptions& options, std::string_view path) {
  if (path.empty() || options.openapi_url.empty()) return {};
  if (path == options.openapi_url) return "openapi_url";
  if (path == options.redoc_url) return "redoc_url";
  if (path == options.docs_url) return "docs_url";
  if (!options.docs_url.empty() && path == options.swagger_ui_oauth2_redirect_url)
    return "swagger_ui_oauth2_redirect_url";
  return {};
}

std::string page_root(std::string_view root_path) {
  std::string root;
  for (const char byte : root_path) {
    if (byte == '\\')
      root += "%5C";
    else if (byte != '/' || root != "/")
      root += byte;
  }
  return root;
}

std::vector<RouteDeclaration> docs_routes(const AppOptions& options) {
  DocsRouter routes;
  const auto add = [&routes](const std::string& path, auto handler) {
    routes.api_route(path, {http::Method::get, http::Method::head}, {.include_in_schema = false},
                     SourceLocation())(std::move(handler));
  };
  if (!options.docs_url.empty()) {
    try {
      // Reports errors in the options at once.
      static_cast<void>(swagger_ui(options, {}));
    } catch (const std::exception& fault) {
      throw SetupError(std::string("the options of the docs page: ") + fault.what(), {});
    }
    add(options.docs_url, [&options](Request& request) {
      return answer(swagger_ui(options, request.root_path()), options.docs_pages.content_security_policy);
    });
    if (!options.swagger_ui_oauth2_redirect_url.empty()) {
      add(options.swagger_ui_oauth2_redirect_url, [] { return answer(docs_ui::oauth2_redirect_page(), std::nullopt); });
    }
    add(assets_of(options.docs_url) + "{path:path}", [](Request& request) { return answer_asset(request); });
  }
  if (!options.redoc_url.empty()) {
    add(options.redoc_url, [&options](Request& request) {
      return answer(redoc(options, request.root_path()), options.docs_pages.content_security_policy);
    });
    add(assets_of(options.redoc_url) + "{path:path}", [](Request& request) { return answer_asset(request); });
  }
  return routes.declarations();
}

}  // namespace serval::detail
