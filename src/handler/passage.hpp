// SPDX-License-Identifier: MIT
// The chains of middleware that one request passes through, and which of their hooks has answered it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <serval/handler/finished.hpp>
#include <serval/handler/pending.hpp>

#include "handler/chain.hpp"

namespace serval::detail {

class Passage {
 public:
  [[nodiscard]] bool empty() const noexcept { return chains_.empty(); }
  /// Adds a chain inside those that the request has entered before. The chain outlives the request.
  void enter(const Chain& chain) {
    if (!chain.empty()) chains_.push_back(&chain);
  }
  /// Enters the chain and calls its `before` hooks. Returns true if one of them has answered or thrown; an
  /// exception becomes a response.
  [[nodiscard]] bool enter_and_ask(const Chain& chain, http::Exchange& exchange) noexcept;
  /// Whether a `before` hook has answered.
  [[nodiscard]] bool is_answered() const noexcept { return answered_.has_value(); }

  /// Whether there is a `prepare_handler` hook.
  [[nodiscard]] bool prepares_handler() const noexcept {
    return std::any_of(chains_.begin(), chains_.end(),
                       [](const Chain* chain) { return !chain->prepare_handler().empty(); });
  }
  /// Calls the `prepare_handler` hooks. Errors: exceptions of the hooks, here or when the task is awaited.
  [[nodiscard]] http::Pending prepare_handler(http::Exchange& exchange);
  /// Calls the `before_handler` hooks. Returns true if one of them has answered; the response then also has the fields
  /// that dependencies have set. Errors: exceptions of the hooks.
  [[nodiscard]] bool ask_before_handler(http::Exchange& exchange);
  /// Calls the `after_handler` hooks for the response of a handler that nobody waits for any longer. Their exceptions
  /// are logged. If the task is cancelled, they have 5 s to end.
  [[nodiscard]] http::Pending note_answer(http::Exchange& exchange);

  /// What happens to an exception of an `after` hook.
  enum class Faults : std::uint8_t {
    /// It is logged, and the response becomes a 500, which the remaining `after` hooks get; `Unavailable` becomes a
    /// 503.
    answered,
    thrown,  ///< the call or its task throws it
  };
  /// Calls the `after_handler` hooks, if the request has come as far as the hooks before its handler, and the `after`
  /// hooks for the complete response. Only here does the head of a response leave the application. If the task is
  /// cancelled, the hooks have 5 s to end.
  [[nodiscard]] http::Pending leave(http::Exchange& exchange, Faults faults);

  /// Whether there is a `finished` hook.
  [[nodiscard]] bool is_observed() const noexcept {
    return std::any_of(chains_.begin(), chains_.end(), [](const Chain* chain) { return !chain->finished().empty(); });
  }
  /// Calls the `finished` hooks. Their exceptions are logged.
  void finish(http::Exchange& exchange, const Finished& how) const noexcept;

  /// Takes over the chains of another request, whose response this one's response replaces.
  void follow(const Passage& other) { chains_ = other.chains_; }
  void reset() noexcept {
    chains_.clear();
    answered_.reset();
    is_at_handler_ = false;
  }

 private:
  enum class Phase : std::uint8_t { after_handler, after };
  struct Position {
    Phase phase;
    Phase last;
    std::size_t chains_left;   // the response is leaving the innermost of these
    std::size_t hooks_called;  // of that innermost chain
  };
  struct Preparation {
    std::size_t chain = 0;
    std::size_t hooks_called = 0;  // of that chain
  };
  [[nodiscard]] http::Pending prepare(http::Exchange& exchange, Preparation& at) const;
  [[nodiscard]] Task<void> await_prepared(http::Exchange& exchange, Preparation at, http::Pending pending) const;
  [[nodiscard]] Position after_chain(const Position& at) const noexcept;
  [[nodiscard]] static std::string_view name_of(Phase phase) noexcept;
  [[nodiscard]] std::span<const Chain::Hook> hooks_at(const Position& at) const noexcept;
  [[nodiscard]] http::Pending call_from(http::Exchange& exchange, Faults faults, Position at) const;
  [[nodiscard]] http::Pending call_after(http::Exchange& exchange, Faults faults, Position& at) const;
  [[nodiscard]] Task<void> await_shielded(http::Exchange& exchange, Faults faults, Position at,
                                          http::Pending pending) const;
  [[nodiscard]] Task<void> await_after(http::Exchange& exchange, Faults faults, Position at,
                                       http::Pending pending) const;
  [[nodiscard]] bool is_passed(std::size_t chain, const Chain::Hook& hook) const noexcept;

  std::vector<const Chain*> chains_;  // outermost first
  struct Place {
    std::uint32_t chain;
    std::uint32_t hook;
  };
  std::optional<Place> answered_;  // the middleware whose `before` has answered
  bool is_at_handler_ = false;     // the hooks before the handler have been called, those after it not yet
};

}  // namespace serval::detail
