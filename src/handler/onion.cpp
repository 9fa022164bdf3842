// SPDX-License-Identifier: MIT
#include "handler/onion.hpp"

#include <stdexcept>
#include <utility>

#include <serval/base/task.hpp>

namespace serval {

Task<void> Next::operator()() const { return onion_->enter(depth_); }

namespace detail {

Onion::Onion(const Chain& chain, http::Exchange& exchange, Core core)
    : chain_(chain), exchange_(exchange), core_(std::move(core)) {}

Task<void> Onion::run(const Chain& chain, http::Exchange& exchange, Core core) {
  Onion onion(chain, exchange, std::move(core));
  co_await onion.enter(0);
}

Task<void> Onion::enter(std::size_t depth) {
  if (depth < entered_) throw std::logic_error("a middleware called next() twice");
  entered_ = depth + 1;
  if (depth < chain_.around().size()) {
    const Chain::Hook& hook = chain_.around()[depth];
    co_await hook.ops->around(hook.object, exchange_.request, exchange_.response, Next(*this, depth + 1));
  } else if (http::Pending pending = core_()) {
    co_await pending.take();
  }
}

}  // namespace detail
}  // namespace serval
