// SPDX-License-Identifier: MIT
// The `around` hooks of a chain around one call: each hook awaits the next one, and the innermost hook awaits the call.
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
  /// The call inside all hooks. It leaves `exchange.response` complete. Errors: its exceptions pass through the
  /// hooks.
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
  std::size_t entered_ = 0;  // how many layers have been entered
};

}  // namespace serval::detail
