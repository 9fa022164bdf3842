// SPDX-License-Identifier: MIT
// What an application is called and how it treats requests that no route takes.
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

namespace spdlog {
class logger;
}

namespace serval {

/// What `AppOptions::generate_unique_id` makes an operation id of. Lifetime: that of the call.
struct RouteInfo {
  std::string_view name;              ///< the handler's; empty for a lambda
  std::string_view path;              ///< "/items/{item_id}"
  std::string_view method;            ///< "GET"
  std::span<const std::string> tags;  ///< its own, behind those of its routers
};

/// `App app({.title = "Shop", .version = "1.2.0"});`
struct AppOptions {
  /// The name of the API, in the document and as the title of the docs pages.
  std::string title = "serval";
  /// The version of the API, in the document.
  std::string version = "0.1.0";
  /// One line about the API, in the document. Empty: none.
  std::string summary{};
  /// What the API is, in the document; may be Markdown. Empty: none.
  std::string description{};
  /// The URL of the terms of service, in the document. Empty: none.
  std::string terms_of_service{};
  /// Who answers for the API, in the document. Default: nobody is named.
  openapi::Contact contact{};
  /// Under which licence the API is offered, in the document. Default: none is named.
  openapi::License license{};
  /// A place to read on, in the document. Default: none.
  openapi::ExternalDocs external_docs{};
  /// What tags mean, in the order in which pages show them. Tags that are not named here may be used all the same.
  std::vector<openapi::Tag> openapi_tags{};
  /// The addresses at which the API is served, in the document. Default: none, which clients read as the address that
  /// the document came from.
  std::vector<openapi::Server> servers{};

  /// The path at which the document is served, for GET and HEAD. Empty: it is not served, and neither are the docs
  /// pages. Errors: SetupError where a route of the program has the same path; the same holds for the docs pages.
  std::string openapi_url = "/openapi.json";
  /// Whether the root path, which a proxy or a mount sets, is the first of the document's servers. Default: yes.
  bool root_path_in_servers = true;
  /// Whether a model that differs between requests and answers has two schemas, "Item-Input" and "Item-Output".
  /// Default: yes; otherwise its schema for requests stands for both.
  bool separate_input_output_schemas = true;
  /// Answers that all routes have in the document. Default: none.
  openapi::ResponseList responses{};
  /// Makes the ids of operations that have no `operation_id`. Default: `RouteOptions::operation_id` says how.
  std::function<std::string(const RouteInfo& route)> generate_unique_id{};

  /// Dependencies that are called before the handler of every route and before its other dependencies. Mounted
  /// applications do not have them. Default: none.
  std::vector<routing::Dependency> dependencies{};

  /// Where Swagger UI is served, with its files below, at "/docs/assets/". Empty: no such page.
  std::string docs_url = "/docs";
  /// Where ReDoc is served, with its files below. Empty: no such page.
  std::string redoc_url = "/redoc";
  /// Where an authorization server sends the browser back to Swagger UI. Empty: nowhere.
  std::string swagger_ui_oauth2_redirect_url = "/docs/oauth2-redirect";
  /// Members for `SwaggerUIBundle({...})`: `{{"deepLinking", false}}`; they are merged into those that serval sets.
  json swagger_ui_parameters{};
  /// What Swagger UI calls `initOAuth` with: `{{"clientId", "..."}}`. Default: it does not.
  json swagger_ui_init_oauth{};
  /// What the docs pages load and which hosts they may reach.
  DocsPageOptions docs_pages{};

  /// The form of the answers to errors that have no handler of their own, also in the document. Default:
  /// `{"detail": ...}`.
  http::ErrorFormat error_format = http::ErrorFormat::detail;
  /// Whether a body is read as JSON only where its content type says JSON. Default: yes. Otherwise a body without a
  /// content type is read as JSON too, which lets a page of another site send one without asking (a "simple request" of
  /// the Fetch standard).
  bool strict_content_type = true;
  /// Shows the text of unknown exceptions in 500 answers. Default: no; never in production.
  bool debug = false;
  /// Whether a path that exists but for a final '/' is answered 307 to the one that does. Default: yes.
  bool redirect_slashes = true;
  /// Whether GET routes answer HEAD too. Default: yes.
  bool auto_head = true;
  /// Whether OPTIONS is answered 204 with `allow` where no route takes it; otherwise 405. Default: yes.
  bool auto_options = true;
  /// The prefix under which a proxy serves the application, whether it strips it from the path or not: "/api/v1". It
  /// stands in URLs that are made, in the docs pages and, see `root_path_in_servers`, in the document. Begins with '/',
  /// does not end with it, and has no empty segment, '\', '?', '#', blank or control character in it. Default: none.
  /// `App::run` takes it from `--root-path` and `SERVAL_ROOT_PATH` too. Errors: SetupError for any other path.
  std::string root_path{};

  /// Threads for `blocking` handlers and for `Blocking`. Where all are at work, values of dependencies that were made
  /// there have one more to end on. Default 8; 0: as many as the machine has processors.
  std::size_t blocking_threads = 8;
  /// Blocking calls that wait for a thread; beyond: 503 with `retry-after: 1`. Default 1024; 0: none may wait.
  std::size_t blocking_queue = 1024;

  /// Where exceptions are logged. Null, the default: standard error, by a logger of the application's own.
  std::shared_ptr<spdlog::logger> logger{};
};

}  // namespace serval
