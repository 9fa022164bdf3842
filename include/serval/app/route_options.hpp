// SPDX-License-Identifier: MIT
// What can be said of a route, a router and an inclusion: plain structs for designated initialisers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <serval/params/depends.hpp>

namespace serval {

/// `app.post("/items/", {.status_code = 201, .tags = {"items"}})(create_item);`
struct RouteOptions {
  /// Status of a normal answer; a handler's own choice wins. Default 200.
  std::optional<int> status_code{};
  /// Groups the route in the document; those of its routers come first.
  std::vector<std::string> tags{};
  /// One line in the document. Default: made of the handler's name, where it has one.
  std::string summary{};
  /// In the document; may be Markdown.
  std::string description{};
  /// Of the normal answer in the document. Default "Successful Response".
  std::string response_description{};
  /// Shown as deprecated; works as before.
  bool deprecated = false;
  /// Unique name of the operation for generated clients. Default: made of name, path and method.
  std::string operation_id{};
  /// False leaves the route out of the document.
  bool include_in_schema = true;
  /// Name of the route. Default: the handler's name, where it has one.
  std::string name{};
  /// What models leave out of the answer; see EncodeOptions.
  bool response_model_exclude_none = false;
  bool response_model_exclude_unset = false;
  bool response_model_exclude_defaults = false;
  /// Runs the handler on the pool for blocking work instead of the event loop. A full pool answers 503. Not for
  /// coroutines.
  bool blocking = false;
  /// Called before the handler and its own dependencies, for what they check: `{depends<verify_token>}`. Those of the
  /// application and of routers come first.
  std::vector<Dependency> dependencies{};
  /// How long the handler may take; then it is cancelled and the answer is 503. Default: the server's; 0: no limit.
  std::optional<std::chrono::milliseconds> deadline{};
  /// Bytes of body that the route takes; beyond: 413. Default: the server's; 0: no limit.
  std::optional<std::uint64_t> max_body_bytes{};
};

/// `Router items({.prefix = "/items", .tags = {"items"}});`
struct RouterOptions {
  /// Begins with '/' and does not end with it; may hold parameters. Default: none.
  std::string prefix{};
  std::vector<std::string> tags{};
  /// Of all routes, before their own.
  std::vector<Dependency> dependencies{};
  bool deprecated = false;
  bool include_in_schema = true;
};

/// `app.include(items, {.prefix = "/v1"});`
using IncludeOptions = RouterOptions;

}  // namespace serval
