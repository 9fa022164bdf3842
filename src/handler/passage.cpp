// SPDX-License-Identifier: MIT
#include "handler/passage.hpp"

#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/base/thrown.hpp>
#include <serval/handler/exchange.hpp>
#include <serval/http/unavailable.hpp>

#include "base/fault_text.hpp"
#include "handler/shield.hpp"

namespace serval::detail {

namespace {

/// How long hooks after the handler may still wait when nobody waits for the response any longer. A hook that waits for
/// ever must not hold up the stop of a server for ever.
constexpr std::chrono::milliseconds grace_of_hooks{5'000};

/// Turns the current exception of a hook into one with a text for the log. It has another type, so that an error
/// handler of the application does not take it for an exception of a request handler. `Unavailable` is kept: it is no
/// mistake of the hook, and becomes a 503 as everywhere.
[[nodiscard]] std::exception_ptr failure_of(const Chain& chain, const Chain::Hook& hook, std::string_view hook_name) {
  if (is_thrown<const Unavailable&>(std::current_exception())) return std::current_exception();
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

http::Pending Passage::prepare_handler(http::Exchange& exchange) {
  is_at_handler_ = true;
  Preparation at;
  http::Pending pending = prepare(exchange, at);
  return pending ? http::Pending(await_prepared(exchange, at, std::move(pending))) : http::Pending();
}

/// Calls hooks from `at` on, until one has to wait or none is left.
http::Pending Passage::prepare(http::Exchange& exchange, Preparation& at) const {
  for (; at.chain < chains_.size(); ++at.chain, at.hooks_called = 0) {
    const auto hooks = chains_[at.chain]->prepare_handler();
    while (at.hooks_called < hooks.size()) {
      const Chain::Hook& hook = hooks[at.hooks_called++];
      if (http::Pending pending = hook.ops->prepare_handler(hook.object, exchange.request)) return pending;
    }
  }
  return {};
}

Task<void> Passage::await_prepared(http::Exchange& exchange, Preparation at, http::Pending pending) const {
  while (pending) {
    co_await pending.take();
    pending = prepare(exchange, at);
  }
}

namespace {

/// As for a handler that returns a response: fields that dependencies have set are sent with it, and replace its own.
void answer_with(Response answer, http::Exchange& exchange) {
  const http::Headers already = std::move(exchange.response.headers());
  for (const auto& [name, value] : already) answer.headers().erase(name);
  for (const auto& [name, value] : already) answer.headers().add(name, value);
  exchange.response = std::move(answer);
}

}  // namespace

bool Passage::ask_before_handler(http::Exchange& exchange) {
  is_at_handler_ = true;
  for (const Chain* chain : chains_) {
    for (const Chain::Hook& hook : chain->before_handler()) {
      std::optional<Response> answer = hook.ops->before_handler(hook.object, exchange.request);
      if (!answer) continue;
      answer_with(std::move(*answer), exchange);
      return true;
    }
  }
  return false;
}

http::Pending Passage::leave(http::Exchange& exchange, Faults faults) {
  if (chains_.empty()) return {};
  const Phase first = std::exchange(is_at_handler_, false) ? Phase::after_handler : Phase::after;
  return call_from(exchange, faults,
                   {.phase = first, .last = Phase::after, .chains_left = chains_.size(), .hooks_called = 0});
}

http::Pending Passage::note_answer(http::Exchange& exchange) {
  if (!std::exchange(is_at_handler_, false)) return {};
  return call_from(
      exchange, Faults::answered,
      {.phase = Phase::after_handler, .last = Phase::after_handler, .chains_left = chains_.size(), .hooks_called = 0});
}

http::Pending Passage::call_from(http::Exchange& exchange, Faults faults, Position at) const {
  http::Pending pending = call_after(exchange, faults, at);
  return pending ? http::Pending(await_shielded(exchange, faults, at, std::move(pending))) : http::Pending();
}

/// The position after all hooks of a chain; after the last chain, that of the first one in the next phase.
Passage::Position Passage::after_chain(const Position& at) const noexcept {
  if (at.chains_left != 0)
    return {.phase = at.phase, .last = at.last, .chains_left = at.chains_left - 1, .hooks_called = 0};
  return {.phase = at.last, .last = at.last, .chains_left = chains_.size(), .hooks_called = 0};
}

std::span<const Chain::Hook> Passage::hooks_at(const Position& at) const noexcept {
  const Chain& chain = *chains_[at.chains_left - 1];
  return at.phase == Phase::after ? chain.after() : chain.after_handler();
}

std::string_view Passage::name_of(Phase phase) noexcept { return phase == Phase::after ? "after" : "after_handler"; }

/// Calls hooks from `at` on, until one has to wait or none is left.
http::Pending Passage::call_after(http::Exchange& exchange, Faults faults, Position& at) const {
  for (; at.chains_left != 0 || at.phase != at.last; at = after_chain(at)) {
    if (at.chains_left == 0) continue;
    const Chain& chain = *chains_[at.chains_left - 1];
    while (at.hooks_called < hooks_at(at).size()) {
      const Chain::Hook& hook = hooks_at(at)[at.hooks_called++];
      if (!is_passed(at.chains_left - 1, hook)) continue;
      const auto call = at.phase == Phase::after ? hook.ops->after : hook.ops->after_handler;
      try {
        if (http::Pending pending = call(hook.object, exchange.request, exchange.response)) return pending;
      } catch (...) {
        const std::exception_ptr failure = failure_of(chain, hook, name_of(at.phase));
        if (faults == Faults::thrown) std::rethrow_exception(failure);
        chain.answer_fault(failure, exchange);
      }
    }
  }
  return {};
}

/// The handler has done its work: whether a hook can write that down, such as the end of a session, must not depend on
/// whether the client still waits.
Task<void> Passage::await_shielded(http::Exchange& exchange, Faults faults, Position at, http::Pending pending) const {
  const bool throws_if_cancelled = co_await boost::asio::this_coro::throw_if_cancelled();
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  std::exception_ptr fault;
  try {
    co_await shield(await_after(exchange, faults, at, std::move(pending)), grace_of_hooks);
  } catch (...) {
    fault = std::current_exception();
  }
  co_await boost::asio::this_coro::throw_if_cancelled(throws_if_cancelled);
  if (fault) std::rethrow_exception(fault);
}

Task<void> Passage::await_after(http::Exchange& exchange, Faults faults, Position at, http::Pending pending) const {
  while (pending) {
    const Chain& chain = *chains_[at.chains_left - 1];
    const Chain::Hook& hook = hooks_at(at)[at.hooks_called - 1];
    try {
      co_await pending.take();
    } catch (...) {
      const std::exception_ptr failure = failure_of(chain, hook, name_of(at.phase));
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
