// SPDX-License-Identifier: MIT
#include "handler/passage.hpp"

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/handler/exchange.hpp>

#include "base/fault_text.hpp"

namespace serval::detail {

namespace {

/// Turns the current exception of a hook into one with a text for the log. It has another type, so that an error
/// handler of the application does not take it for an exception of a request handler.
[[nodiscard]] std::exception_ptr failure_of(const Chain& chain, const Chain::Hook& hook, std::string_view hook_name) {
  return std::make_exception_ptr(std::runtime_error("middleware " + chain.members()[hook.place].name() + ": " +
                                                    std::string(hook_name) + " threw " +
                                                    fault_text(std::current_exception())));
}

}  // namespace

bool Passage::enter_and_ask(const Chain& chain, http::Exchange& exchange) noexcept {
  const std::size_t index = chains_.size();
  enter(chain);
  for (const Chain::Hook& hook : chain.before()) {
    try {
      std::optional<Response> answer = hook.ops->before(hook.object, exchange.request);
      if (!answer) continue;
      exchange.response = std::move(*answer);
    } catch (...) {
      chain.answer_fault(std::current_exception(), exchange);
    }
    answered_ = Place{static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(hook.place)};
    return true;
  }
  return false;
}

bool Passage::ask_before_handler(http::Exchange& exchange) const {
  for (const Chain* chain : chains_) {
    for (const Chain::Hook& hook : chain->before_handler()) {
      std::optional<Response> answer = hook.ops->before_handler(hook.object, exchange.request);
      if (!answer) continue;
      exchange.response = std::move(*answer);
      return true;
    }
  }
  return false;
}

http::Pending Passage::leave(http::Exchange& exchange, Faults faults) const {
  if (chains_.empty()) return {};
  Position at{chains_.size(), 0};
  http::Pending pending = call_after(exchange, faults, at);
  return pending ? http::Pending(await_after(exchange, faults, at, std::move(pending))) : http::Pending();
}

/// Calls hooks from `at` on, until one has to wait or none is left.
http::Pending Passage::call_after(http::Exchange& exchange, Faults faults, Position& at) const {
  for (; at.chains_left != 0; --at.chains_left, at.hooks_called = 0) {
    const Chain& chain = *chains_[at.chains_left - 1];
    while (at.hooks_called < chain.after().size()) {
      const Chain::Hook& hook = chain.after()[at.hooks_called++];
      if (!is_passed(at.chains_left - 1, hook)) continue;
      try {
        if (http::Pending pending = hook.ops->after(hook.object, exchange.request, exchange.response)) return pending;
      } catch (...) {
        const std::exception_ptr failure = failure_of(chain, hook, "after");
        if (faults == Faults::thrown) std::rethrow_exception(failure);
        chain.answer_fault(failure, exchange);
      }
    }
  }
  return {};
}

Task<void> Passage::await_after(http::Exchange& exchange, Faults faults, Position at, http::Pending pending) const {
  const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  while (pending) {
    const Chain& chain = *chains_[at.chains_left - 1];
    const Chain::Hook& hook = chain.after()[at.hooks_called - 1];
    try {
      co_await pending.take();
    } catch (...) {
      if (cancellation.cancelled() != boost::asio::cancellation_type::none) throw;
      const std::exception_ptr failure = failure_of(chain, hook, "after");
      if (faults == Faults::thrown) std::rethrow_exception(failure);
      chain.answer_fault(failure, exchange);
    }
    pending = call_after(exchange, faults, at);
  }
}

/// If a `before` hook has answered, the response passes through its middleware and those outside it, but not through
/// those inside it.
bool Passage::is_passed(std::size_t chain, const Chain::Hook& hook) const noexcept {
  if (!answered_ || chain < answered_->chain) return true;
  return chain == answered_->chain && hook.place <= answered_->hook;
}

void Passage::finish(http::Exchange& exchange, const Finished& how) const noexcept {
  for (std::size_t left = chains_.size(); left != 0; --left) {
    const Chain& chain = *chains_[left - 1];
    for (const Chain::Hook& hook : chain.finished()) {
      try {
        hook.ops->finished(hook.object, exchange.request, how);
      } catch (...) {
        chain.answer_fault(failure_of(chain, hook, "finished"), exchange);  // too late for a response: only logged
      }
    }
  }
}

}  // namespace serval::detail
