// SPDX-License-Identifier: MIT
// A route as it serves: the declaration, its pattern, its handler bound to it.
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
  std::optional<Binding> declared;  // with the dependencies as declared, where `binding` has others in their place
  ResponseRule rule;
  Chain chain;  // its routers' middleware, then its own

  /// What the document shows.
  [[nodiscard]] const Binding& declared_binding() const noexcept { return declared ? *declared : binding; }
};

/// Errors: SetupError for a bad pattern, a handler whose parameters do not fit it, options that do not fit the handler.
/// `states` must outlive the route.
[[nodiscard]] Route make_route(RouteDeclaration declaration, StateTable& states, const Overrides& overrides);

/// The binding of the route's handler, once more when dependencies were replaced. Errors: SetupError as above.
[[nodiscard]] Binding bind_handler(const Route& route, StateTable& states, const Overrides& overrides);

}  // namespace serval::detail
