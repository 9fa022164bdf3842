// SPDX-License-Identifier: MIT
// One request's way through the chains of middleware that it is under: which there are, and who has answered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <serval/handler/finished.hpp>
#include <serval/handler/pending.hpp>

#include "handler/chain.hpp"

namespace serval::detail {

class Passage {
 public:
  [[nodiscard]] bool empty() const noexcept { return chains_.empty(); }
  /// The request is under that chain from now on, within those that it entered before. The chain outlives the request.
  void enter(const Chain& chain) {
    if (!chain.empty()) chains_.push_back(&chain);
  }
  /// Enters the chain and calls its `before`; true when one of them has answered, with an exception too.
  [[nodiscard]] bool enter_and_ask(const Chain& chain, http::Exchange& exchange) noexcept;
  /// Whether a `before` has answered.
  [[nodiscard]] bool is_answered() const noexcept { return answered_.has_value(); }

  /// Calls `before_handler`; true when one of them has answered. Errors: what one throws.
  [[nodiscard]] bool ask_before_handler(http::Exchange& exchange) const;

  /// What becomes of an exception out of `after`.
  enum class Faults : std::uint8_t {
    answered,  ///< it is logged and the answer is a 500, which passes the `after` that are left
    thrown,    ///< it is thrown, here or out of the task
  };
  /// Calls `after` for the answer, which is complete: the one place where an answer's head leaves the application.
  [[nodiscard]] http::Pending leave(http::Exchange& exchange, Faults faults) const;

  /// Calls `finished`. What one throws is logged.
  void finish(http::Exchange& exchange, const Finished& how) const noexcept;

  /// The same chains for an answer that takes the place of another's.
  void follow(const Passage& other) { chains_ = other.chains_; }
  void reset() noexcept {
    chains_.clear();
    answered_.reset();
  }

 private:
  struct Position {
    std::size_t chains_left;   // the innermost of these is being left
    std::size_t hooks_called;  // of that one
  };
  [[nodiscard]] http::Pending call_after(http::Exchange& exchange, Faults faults, Position& at) const;
  [[nodiscard]] Task<void> await_after(http::Exchange& exchange, Faults faults, Position at,
                                       http::Pending pending) const;
  [[nodiscard]] bool is_passed(std::size_t chain, const Chain::Hook& hook) const noexcept;

  std::vector<const Chain*> chains_;  // from the outermost on
  struct Place {
    std::uint32_t chain;
    std::uint32_t hook;
  };
  std::optional<Place> answered_;  // by whose `before`
};

}  // namespace serval::detail
