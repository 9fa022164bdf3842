// SPDX-License-Identifier: MIT
// A handler of any type behind one interface: its arguments, its return type, its call. It is not bound to a route,
// since the handlers of a router that is included twice belong to two routes.
#pragma once

#include <span>

#include <serval/handler/pending.hpp>
#include <serval/params/binding.hpp>
#include <serval/params/respond.hpp>

namespace serval::detail {

class Handler {
 public:
  virtual ~Handler() = default;
  /// Extracts the arguments, calls the user's function and fills in the response.
  /// Errors: ValidationError, HttpError, exceptions of the function.
  virtual http::Pending call(http::Exchange& exchange, const Binding& binding, const ResponseRule& rule) const = 0;
  [[nodiscard]] virtual std::span<const ArgumentSpec> arguments() const noexcept = 0;
  [[nodiscard]] virtual std::span<const ResponseSpec> responses() const noexcept = 0;
  /// Whether the function is a coroutine, which cannot run on the blocking pool.
  [[nodiscard]] virtual bool is_coroutine() const noexcept = 0;
  /// Whether it is marked to run there.
  [[nodiscard]] virtual bool blocks() const noexcept = 0;
};

}  // namespace serval::detail
