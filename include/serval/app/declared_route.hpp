// SPDX-License-Identifier: MIT
// The routes of an application as plain values: what `App::routes` lists and `--routes` prints.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <serval/base/source_location.hpp>
#include <serval/http/method.hpp>

namespace serval::routing {

/// What takes the requests of a route.
enum class RouteKind : std::uint8_t {
  handler,     ///< a handler, which answers them
  web_socket,  ///< a handler that accepts WebSockets
  mount,       ///< what is mounted there; the routes of a mounted `App` come after it
};

/// One route of an application, as it was declared.
struct DeclaredRoute {
  /// What takes its requests.
  RouteKind kind = RouteKind::handler;
  /// The methods that it was declared for; HEAD and OPTIONS may be answered besides, see `AppOptions::auto_head`. GET
  /// for WebSockets, none for a mount, which takes all of them.
  http::MethodSet methods{};
  /// The pattern with the prefixes of its routers and of the mounts around it, `"/api/items/{item_id}"`; the prefix of
  /// a mount.
  std::string path{};
  /// `RouteOptions::name`, else the name of the handler. Empty for a lambda.
  std::string name{};
  /// The id in the document, of the first method where there are several. The document numbers ids of lambdas that
  /// meet. Empty where the route is not in the document.
  std::string operation_id{};
  /// Those of its routers, then its own.
  std::vector<std::string> tags{};
  /// Whether the handler runs on the pool for blocking work. Default: on the event loop of the connection.
  bool is_blocking = false;
  /// Where it was declared. Empty for routes that the application adds, as that of its document.
  SourceLocation where{};
};

}  // namespace serval::routing
