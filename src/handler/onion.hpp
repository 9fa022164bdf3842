// SPDX-License-Identifier: MIT
// The `around` hooks of a chain around one call: each awaits the next, the innermost one the call itself.
#pragma once

#include <cstddef>
#include <functional>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>
#include <serval/handler/pending.hpp>

#include "handler/chain.hpp"

namespace serval::detail {

/// Lives in the coroutine frame of `run`, which outlives all calls of `Next`.
class Onion {
 public:
  /// What stands inside: leaves `exchange.response` complete. Errors: what passes through the hooks.
  using Core = std::function<http::Pending()>;

  /// Runs the hooks and the core. Lifetime: chain and exchange outlive the task.
  [[nodiscard]] static Task<void> run(const Chain& chain, http::Exchange& exchange, Core core);

 private:
  friend class serval::Next;
  Onion(const Chain& chain, http::Exchange& exchange, Core core);
  [[nodiscard]] Task<void> enter(std::size_t depth);

  const Chain& chain_;
  http::Exchange& exchange_;
  const Core core_;
  std::size_t entered_ = 0;  // the deepest layer so far
};

}  // namespace serval::detail
