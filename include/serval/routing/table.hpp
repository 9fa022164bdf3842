// SPDX-License-Identifier: MIT
// The route table: which route a method and a raw path belong to. It knows routes by number only; what
// stands behind a number is the application's business. Filled at registration, then only read.
#pragma once

#include <serval/base/source_location.hpp>
#include <serval/http/method.hpp>
#include <serval/http/request.hpp>
#include <serval/routing/pattern.hpp>

#include <cstdint>
#include <memory>
#include <string_view>

namespace serval::routing {

/// The number that the application gave a route; the table hands it back and does not look at it.
using RouteId = std::uint32_t;

/// What `RouteTable::find` says of a request.
struct RouteMatch {
  enum class Outcome : std::uint8_t {
    found,
    method_not_allowed,  ///< the path exists, for other methods
    not_found,
  };
  Outcome outcome = Outcome::not_found;
  RouteId id = 0;           ///< of the route or mount; only when found
  http::MethodSet allowed;  ///< the methods of all routes with that path; only when the method is not allowed
  std::string_view rest;    ///< what follows the prefix of the mount that was found, raw: "" or "/..."
};

/// Routes by method and pattern, and mounts by prefix.
///
/// In each segment, from left to right, literal text beats a typed parameter, that beats a plain one, and
/// that beats a `path` parameter, whatever the order of registration; among parameters of one kind more
/// literal text around the parameter wins. Where the rest of a path fails, or the method is missing, the
/// next best pattern is tried. The path is divided at '/' first and decoded after: "%2F" is no slash.
///
/// Cost: a path without parameters is one hash lookup. Else each registered segment is visited at most
/// once a lookup, so the time is at most (segments registered) x (bytes of the path), whatever the path.
/// Thread safety: `find`, `matches_any` and `all_methods` may run in many threads at once, once no more
/// routes are added.
class RouteTable {
 public:
  RouteTable();
  ~RouteTable();
  RouteTable(RouteTable&& other) noexcept;
  RouteTable& operator=(RouteTable&& other) noexcept;

  /// Adds a route for all of `methods`.
  /// Errors: SetupError when `methods` is empty or holds `http::Method::unknown`, or when a route with one of
  /// these methods and an equivalent pattern (other names, same shape) is there: names both places.
  void add(http::MethodSet methods, const Pattern& pattern, RouteId id,
           SourceLocation where = SourceLocation::current());

  /// Adds a mount: it takes `prefix` itself and everything under it, for any method, where no route
  /// takes method and path. The longest prefix wins. A '/' at the end of `prefix` does not count; "" and
  /// "/" take every path.
  /// Errors: SetupError when the prefix is no valid path, has a parameter or is mounted already.
  void add_mount(std::string_view prefix, RouteId id, SourceLocation where = SourceLocation::current());

  /// Finds the route for a request; `raw_path` is as it was sent, not decoded. `params` is cleared and
  /// gets the route's parameters.
  /// Lifetime: the entries of `params` and `RouteMatch::rest` are views into the table and `raw_path`.
  [[nodiscard]] RouteMatch find(http::Method method, std::string_view raw_path, http::PathParams& params) const;

  /// Finds the mount around a path, whatever routes there are for it.
  [[nodiscard]] RouteMatch find_mount(std::string_view raw_path) const noexcept;

  /// Whether a route or mount takes that path with whatever method: for the trailing-slash redirect.
  [[nodiscard]] bool matches_any(std::string_view raw_path) const;

  /// The methods of all routes; mounts do not count.
  [[nodiscard]] http::MethodSet all_methods() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace serval::routing
