// SPDX-License-Identifier: MIT
// The named routes of an application, as its requests see them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <serval/http/path_value.hpp>

namespace serval::http {

/// The path of a named route.
struct NamedPath {
  std::string text;            ///< percent-encoded, without the root path: "/items/5"; never begins with "//"
  bool is_web_socket = false;  ///< of a route for WebSockets
};

/// For the library: `Request::url_for` finds routes through it. Thread safety: any thread.
class RouteNames {
 public:
  /// Errors: `std::invalid_argument` if no route has this name and these parameters, or a value does not fit.
  [[nodiscard]] virtual NamedPath find(std::string_view name, std::span<const PathValue> values) const = 0;

 protected:
  ~RouteNames() = default;
};

}  // namespace serval::http
