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
#include <serval/compression/compression_options.hpp>
#include <serval/http/error_format.hpp>
#include <serval/openapi/metadata.hpp>
#include <serval/openapi/responses.hpp>
#include <serval/params/depends.hpp>
#include <serval/schema/json.hpp>

namespace spdlog {
class logger;
}

namespace serval {

/// What `AppOptions::generate_unique_id` makes an operation id of. Lifetime: that of the call.
struct RouteInfo {
  std::string_view name;    ///< the handler's; empty for a lambda
  std::string_view path;    ///< "/items/{item_id}"
  std::string_view method;  ///< "GET"
  std::span<const std::string> tags;
};

/// `App app({.title = "Shop", .version = "1.2.0"});`
struct AppOptions {
  /// Of the API, in the document; texts may be Markdown where they are more than a line.
  std::string title = "serval";
  std::string version = "0.1.0";
  std::string summary{};
  std::string description{};
  std::string terms_of_service{};  ///< a URL
  openapi::Contact contact{};
  openapi::License license{};
  openapi::ExternalDocs external_docs{};
  /// What tags mean, in the order in which pages show them. Tags that are not named here may be used all the same.
  std::vector<openapi::Tag> openapi_tags{};
  /// Where the API is to be had. Default: nothing said, which means: where the document came from.
  std::vector<openapi::Server> servers{};

  /// Where the document is served, for GET and HEAD. Empty: nowhere, and no docs pages either. Errors: SetupError for a
  /// route of one's own there; likewise for the pages.
  std::string openapi_url = "/openapi.json";
  /// Whether a root path, that of a proxy or of the mount, is the first of the document's servers. Default: yes.
  bool root_path_in_servers = true;
  /// Whether a model that looks different in requests and in answers becomes two, "Item-Input" and "Item-Output".
  /// Default: yes; otherwise answers are shown as requests are.
  bool separate_input_output_schemas = true;
  /// Answers in the document that all routes have.
  openapi::ResponseList responses{};
  /// Makes the ids of operations that have no `operation_id`. Default: see there.
  std::function<std::string(const RouteInfo& route)> generate_unique_id{};

  /// Called before every route's handler, those of mounted applications apart, and before its other dependencies.
  std::vector<Dependency> dependencies{};

  /// Where Swagger UI is served, with its files below, at "/docs/assets/". Empty: no such page.
  std::string docs_url = "/docs";
  /// Where ReDoc is served, with its files below. Empty: no such page.
  std::string redoc_url = "/redoc";
  /// Where an authorization server sends the browser back to Swagger UI. Empty: nowhere.
  std::string swagger_ui_oauth2_redirect_url = "/docs/oauth2-redirect";
  /// Members for `SwaggerUIBundle({...})`: `{{"deepLinking", false}}`. Default: those of `docs_ui`.
  json swagger_ui_parameters{};
  /// What Swagger UI calls `initOAuth` with: `{{"clientId", "..."}}`. Default: it does not.
  json swagger_ui_init_oauth{};
  DocsPageOptions docs_pages{};

  /// In what form errors are answered, those apart that have handlers of their own; the document says so too.
  ErrorFormat error_format = ErrorFormat::detail;
  /// Whether a body is taken for JSON only where its content type says so; otherwise also where there is none, which
  /// lets a page of another site send one without asking (a "simple request" of the Fetch standard). Default: yes.
  bool strict_content_type = true;
  /// Compressed answers, for clients that accept them. Default: none.
  CompressionOptions compression{};
  /// Shows the text of unknown exceptions in 500 answers. Default: no; never in production.
  bool debug = false;
  /// Whether a path that exists but for a final '/' is answered 307 to the one that does. Default: yes.
  bool redirect_slashes = true;
  /// Whether GET routes answer HEAD too. Default: yes.
  bool auto_head = true;
  /// Whether OPTIONS is answered 204 with `allow` where no route takes it; otherwise 405. Default: yes.
  bool auto_options = true;
  /// The prefix under which a proxy serves the application; stripped from paths that begin with it. Default: none.
  std::string root_path{};

  /// Threads for `blocking` handlers. Default 8; 0: as many as the machine has processors.
  std::size_t blocking_threads = 8;
  /// Blocking calls that wait for a thread; beyond: 503 with `retry-after: 1`. Default 1024; 0: none may wait.
  std::size_t blocking_queue = 1024;

  /// Where exceptions are logged. Null, the default: standard error, by a logger of the application's own.
  std::shared_ptr<spdlog::logger> logger{};
};

}  // namespace serval
