// SPDX-License-Identifier: MIT
// A route as it is served: the declaration, its pattern, its bound handler.
#pragma once

#include <optional>
#include <string>

#include <serval/app/router.hpp>
#include <serval/params/binding.hpp>
#include <serval/params/respond.hpp>
#include <serval/routing/pattern.hpp>

#include "handler/chain.hpp"
#include "params/plan.hpp"
#include "params/state_table.hpp"

namespace serval::detail {

struct Route {
  RouteDeclaration declaration;
  std::string label;    // "GET /items/{item_id}", for logs and messages
  std::string pattern;  // "/items/{item_id}"; the prefix of a mount
  Binding binding;
  std::optional<Binding> declared;  // with the dependencies as declared, if `binding` has replacements
  ResponseRule rule;
  Chain chain;  // its routers' middleware, then its own

  /// The binding that the document shows.
  [[nodiscard]] const Binding& declared_binding() const noexcept { return declared ? *declared : binding; }
};

/// Errors: SetupError for a bad pattern, a handler whose parameters do not fit it, options that do not fit the handler.
/// `states` must outlive the route.
[[nodiscard]] Route make_route(RouteDeclaration declaration, StateTable& states, const Overrides& overrides);

/// Binds the route's handler again after dependencies were replaced. Errors: SetupError as above.
[[nodiscard]] Binding bind_handler(const Route& route, StateTable& states, const Overrides& overrides);

}  // namespace serval::detail
