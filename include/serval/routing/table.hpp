// SPDX-License-Identifier: MIT
// The route table: finds the route for a method and a raw path. It knows routes only by number; the application knows
// their meaning. It is filled at registration and only read afterwards.
#pragma once

#include <serval/base/source_location.hpp>
#include <serval/http/method.hpp>
#include <serval/http/request.hpp>
#include <serval/routing/pattern.hpp>

#include <cstdint>
#include <memory>
#include <string_view>

namespace serval::routing {

/// The number that the application gave a route; the table only returns it.
using RouteId = std::uint32_t;

/// The result of `RouteTable::find`.
struct RouteMatch {
  enum class Outcome : std::uint8_t {
    found,
    method_not_allowed,  ///< the path exists, for other methods
    not_found,
  };
  Outcome outcome = Outcome::not_found;
  RouteId id = 0;             ///< the route or mount; only if found
  http::MethodSet allowed{};  ///< the methods of all routes with that path; only if the method is not allowed
  std::string_view rest{};    ///< the raw path after the prefix of the found mount: "" or "/..."
};

/// Routes by method and pattern, and mounts by prefix.
///
/// In each segment, from left to right, literal text takes precedence over a typed parameter, a typed parameter over a
/// plain one, and a plain one over a `path` parameter, regardless of the order of registration; among parameters of one
/// kind, the one with more literal text around it takes precedence. If the rest of a path does not match, or the method
/// is missing, the next best pattern is tried. The path is first split at '/' and then decoded: "%2F" is not a slash.
///
/// Cost: a path without parameters is one hash lookup. Otherwise each registered segment is visited at most once per
/// lookup, so the time is at most (segments registered) x (bytes of the path) for every path.
/// Thread safety: `find`, `matches_any` and `all_methods` may run in many threads at once after the last route was
/// added.
class RouteTable {
 public:
  RouteTable();
  ~RouteTable();
  RouteTable(RouteTable&& other) noexcept;
  RouteTable& operator=(RouteTable&& other) noexcept;

  /// Adds a route for all of `methods`.
  /// Errors: SetupError if `methods` is empty or contains `http::Method::unknown`, or if a route with one of these
  /// methods and an equivalent pattern (other names, same shape) exists: it names both places.
  void add(http::MethodSet methods, const Pattern& pattern, RouteId id,
           SourceLocation where = SourceLocation::current());

  /// Adds a mount: it takes `prefix` itself and everything under it, for any method, if no route matches method and
  /// path. The longest prefix takes precedence. A '/' at the end of `prefix` is ignored; "" and "/" take every path.
  /// Errors: SetupError if the prefix is not a valid path, has a parameter or is already mounted.
  void add_mount(std::string_view prefix, RouteId id, SourceLocation where = SourceLocation::current());

  /// Finds the route for a request; `raw_path` is the path as received, not decoded. `params` is cleared and gets the
  /// route's parameters.
  /// Lifetime: the entries of `params` and `RouteMatch::rest` are views into the table and `raw_path`.
  [[nodiscard]] RouteMatch find(http::Method method, std::string_view raw_path, http::PathParams& params) const;

  /// Finds the mount around a path, regardless of its routes.
  [[nodiscard]] RouteMatch find_mount(std::string_view raw_path) const noexcept;

  /// Whether a route or mount takes that path with any method: for the trailing-slash redirect.
  [[nodiscard]] bool matches_any(std::string_view raw_path) const;

  /// The methods of all routes; mounts do not count.
  [[nodiscard]] http::MethodSet all_methods() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace serval::routing
