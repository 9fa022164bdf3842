// SPDX-License-Identifier: MIT
// The options of an application: its name, its document, and how it treats requests that match no route.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <serval/app/docs_page_options.hpp>
#include <serval/http/error_format.hpp>
#include <serval/json/json.hpp>
#include <serval/openapi/metadata.hpp>
#include <serval/openapi/responses.hpp>
#include <serval/params/depends.hpp>
#include <serval/params/response_class.hpp>

namespace spdlog {
class logger;
}

namespace serval {

/// The input of `AppOptions::generate_unique_id`. Lifetime: valid during the call.
struct RouteInfo {
  std::string_view name;              ///< the handler's; empty for a lambda
  std::string_view path;              ///< "/items/{item_id}"
  std::string_view method;            ///< "GET"
  std::span<const std::string> tags;  ///< its own, after those of its routers
};

/// `App app({.title = "Shop", .version = "1.2.0"});`
struct AppOptions {
  /// The name of the API, in the document and as the title of the docs pages.
  std::string title = "serval";
  /// The version of the API, in the document.
  std::string version = "0.1.0";
  /// One line about the API, in the document. Empty: none.
  std::string summary{};
  /// The description of the API, in the document; may be Markdown. Empty: none.
  std::string description{};
  /// The URL of the terms of service, in the document. Empty: none.
  std::string terms_of_service{};
  /// The contact for the API, in the document. Default: none.
  openapi::Contact contact{};
  /// The licence of the API, in the document. Default: none.
  openapi::License license{};
  /// A link to more documentation, in the document. Default: none.
  openapi::ExternalDocs external_docs{};
  /// The meaning of tags, in the order in which pages show them. Routes may also use tags that are not listed here.
  std::vector<openapi::Tag> openapi_tags{};
  /// The addresses at which the API is served, in the document. Default: none, which clients interpret as the server of
  /// the document.
  std::vector<openapi::Server> servers{};

  /// The path at which the document is served, for GET and HEAD. Empty: it is not served, and neither are the docs
  /// pages. Errors: SetupError if a route of the program has the same path; the same applies to the docs pages.
  std::string openapi_url = "/openapi.json";
  /// Whether the root path, which a proxy or a mount sets, is the first of the document's servers. Default: yes.
  bool root_path_in_servers = true;
  /// Whether a model that differs between requests and responses has two schemas, "Item-Input" and "Item-Output".
  /// Default: yes; otherwise its schema for requests is used for both.
  bool separate_input_output_schemas = true;
  /// Responses that all routes have in the document. Default: none.
  openapi::ResponseList responses{};
  /// Makes the ids of operations that have no `operation_id`. Default: see `RouteOptions::operation_id`.
  std::function<std::string(const RouteInfo& route)> generate_unique_id{};

  /// Dependencies that are called before the handler of every route and before its other dependencies. Mounted
  /// applications do not have them. Default: none.
  std::vector<routing::Dependency> dependencies{};

  /// The path of Swagger UI; its files are below, at "/docs/assets/". Empty: no such page.
  std::string docs_url = "/docs";
  /// The path of ReDoc; its files are below. Empty: no such page.
  std::string redoc_url = "/redoc";
  /// The path to which an authorization server redirects the browser for Swagger UI. Empty: no such page.
  std::string swagger_ui_oauth2_redirect_url = "/docs/oauth2-redirect";
  /// Members for `SwaggerUIBundle({...})`: `{{"deepLinking", false}}`; they are merged over those that serval sets.
  json swagger_ui_parameters{};
  /// The argument with which Swagger UI calls `initOAuth`: `{{"clientId", "..."}}`. Default: no call.
  json swagger_ui_init_oauth{};
  /// Which files the docs pages load and which hosts they may reach.
  DocsPageOptions docs_pages{};

  /// The format of responses to errors that have no error handler, also in the document. Default: `{"detail": ...}`.
  http::ErrorFormat error_format = http::ErrorFormat::detail;
  /// Whether a body is read as JSON only if its content type is JSON. Default: yes. Otherwise a body without a content
  /// type is also read as JSON, which lets a page of another site send one without a preflight request (a "simple
  /// request" of the Fetch standard).
  bool strict_content_type = true;
  /// The media type with which routes send texts and values that their handlers return, see `response_class`. Default:
  /// JSON. It does not apply to errors or to mounted applications.
  ResponseClass default_response_class{};
  /// Shows the text of unknown exceptions in 500 responses. Default: no. Do not use it in production.
  bool debug = false;
  /// Whether a path that differs from an existing one only in a final '/' is redirected to it with 307. Default: yes.
  bool redirect_slashes = true;
  /// Whether GET routes also answer HEAD. Default: yes.
  bool auto_head = true;
  /// Whether OPTIONS is answered with 204 and `allow` if no route takes it; otherwise with 405. Default: yes.
  bool auto_options = true;
  /// The prefix under which a proxy serves the application, whether or not the proxy strips it from the path:
  /// "/api/v1". It is part of generated URLs, of the docs pages and, see `root_path_in_servers`, of the document. It
  /// begins with '/', does not end with '/', and contains no empty segment, '\', '?', '#', blank or control character.
  /// Default: none. `App::run` also takes it from `--root-path` and `SERVAL_ROOT_PATH`. Errors: SetupError for any
  /// other path.
  std::string root_path{};
  /// Scheme and host of the URLs that `url_for` makes: "https://shop.example", without a path. Default: none; then
  /// `Request::url_for` takes those that the client sent, and `App::url_for` fails. An application in which this one is
  /// mounted passes its own to requests unless this one has one. Errors: SetupError for anything else.
  std::string public_origin{};

  /// Threads for `blocking` handlers and for `Blocking`. If all are busy, one extra thread finishes and destroys values
  /// of dependencies that were made there. At most 4096. Default 8; 0: as many as the machine has processors.
  /// Errors: SetupError for more.
  std::size_t blocking_threads = 8;
  /// The number of blocking calls that may wait for a thread; beyond it: 503 with `retry-after: 1`. Default 1024; 0:
  /// none may wait.
  std::size_t blocking_queue = 1024;

  /// Where exceptions are logged. Null, the default: the application's own logger to standard error.
  std::shared_ptr<spdlog::logger> logger{};
};

}  // namespace serval
