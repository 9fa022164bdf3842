// SPDX-License-Identifier: MIT
// The named routes of an application and the paths that they have for given values.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include <serval/http/route_names.hpp>
#include <serval/routing/pattern.hpp>

#include "app/route.hpp"

namespace serval::detail {

/// The name of a route: `RouteOptions::name`, otherwise that of its function, which is empty for a lambda.
[[nodiscard]] const std::string& name_of(const RouteDeclaration& declaration) noexcept;
/// The name of a mount: its prefix without the slashes at its ends.
[[nodiscard]] std::string_view mount_name(std::string_view prefix) noexcept;

/// Thread safety: any thread, after the last `add`.
class RouteNames {
 public:
  /// A mounted handler, such as that of static files, gets one parameter, `path`. Mounted applications have routes of
  /// their own and are not added.
  void add(const Route& route);
  [[nodiscard]] bool contains(std::string_view name) const { return routes_.contains(name); }
  /// Errors: as `http::RouteNames::find`.
  [[nodiscard]] http::NamedPath find(std::string_view name, std::span<const http::PathValue> values) const;

 private:
  struct Named {
    routing::Pattern pattern;
    bool is_web_socket;
    bool is_mount;
  };
  [[nodiscard]] std::string nearest(std::string_view name) const;

  std::multimap<std::string, Named, std::less<>> routes_;  // equal names in the order of declaration
};

}  // namespace serval::detail
