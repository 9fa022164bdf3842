// SPDX-License-Identifier: MIT
// The routes of an application as plain values: what `App::routes` lists and `--routes` prints.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <serval/base/source_location.hpp>
#include <serval/http/method.hpp>

namespace serval::routing {

/// What handles the requests of a route.
enum class RouteKind : std::uint8_t {
  handler,     ///< a handler that answers them
  web_socket,  ///< a handler that accepts WebSockets
  mount,       ///< a mounted service or handler; the routes of a mounted `App` come after it
};

/// One route of an application, as it was declared.
struct DeclaredRoute {
  /// What handles its requests.
  RouteKind kind = RouteKind::handler;
  /// The methods that it was declared for; HEAD and OPTIONS may also be answered, see `AppOptions::auto_head`. GET
  /// for WebSockets, none for a mount, which takes all of them.
  http::MethodSet methods{};
  /// The pattern with the prefixes of its routers and of the mounts around it, `"/api/items/{item_id}"`; the prefix of
  /// a mount.
  std::string path{};
  /// `RouteOptions::name`, else the name of the handler. Empty for a lambda.
  std::string name{};
  /// The id in the document; if the route has several methods, that of the first. The document adds numbers to equal
  /// ids of lambdas. Empty if the route is not in the document.
  std::string operation_id{};
  /// Those of its routers, then its own.
  std::vector<std::string> tags{};
  /// Whether the handler runs on the pool for blocking work. Default: on the event loop of the connection.
  bool is_blocking = false;
  /// Where it was declared. Empty for routes that the application adds, such as that of its document.
  SourceLocation where{};
};

}  // namespace serval::routing
