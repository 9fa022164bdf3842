// SPDX-License-Identifier: MIT
// The middleware of one level (an application or a route), in order, with one list for each kind of hook.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <span>
#include <vector>

#include <serval/handler/middleware.hpp>

namespace serval::http {
class Exchange;
}

namespace serval::detail {

/// Thread safety: it must not change once requests pass through it; then any thread may read it.
class Chain {
 public:
  struct Hook {
    void* object;
    const MiddlewareOps* ops;
    std::size_t place;  // its position in the order; 0 is the outermost
  };
  /// Makes a response from an exception that a hook threw. Must not throw.
  using OnFault = std::function<void(std::exception_ptr thrown, http::Exchange& exchange)>;

  Chain() = default;
  /// Sorts the members by stage. Within a stage they keep their order, so the first one stays outermost.
  Chain(std::vector<routing::Middleware> members, OnFault on_fault);

  [[nodiscard]] bool empty() const noexcept { return members_.empty(); }
  /// Outermost first.
  [[nodiscard]] const std::vector<routing::Middleware>& members() const noexcept { return members_; }

  /// Outermost first.
  [[nodiscard]] std::span<const Hook> before() const noexcept { return before_; }
  [[nodiscard]] std::span<const Hook> prepare_handler() const noexcept { return prepare_handler_; }
  [[nodiscard]] std::span<const Hook> before_handler() const noexcept { return before_handler_; }
  [[nodiscard]] std::span<const Hook> around() const noexcept { return around_; }
  /// Innermost first.
  [[nodiscard]] std::span<const Hook> after_handler() const noexcept { return after_handler_; }
  [[nodiscard]] std::span<const Hook> after() const noexcept { return after_; }
  [[nodiscard]] std::span<const Hook> finished() const noexcept { return finished_; }

  void answer_fault(std::exception_ptr thrown, http::Exchange& exchange) const noexcept;

 private:
  std::vector<routing::Middleware> members_;
  OnFault on_fault_;
  std::vector<Hook> before_, prepare_handler_, before_handler_, around_, after_handler_, after_, finished_;
};

}  // namespace serval::detail
