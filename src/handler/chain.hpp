// SPDX-License-Identifier: MIT
// The middleware of one level, an application's or a route's, in order, with the hooks of each kind folded into lists.
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

/// Thread safety: only read once requests pass it.
class Chain {
 public:
  struct Hook {
    void* object;
    const MiddlewareOps* ops;
    std::size_t place;  // in the order, from the outermost on
  };
  /// Makes an answer of what a hook threw; must not throw itself.
  using OnFault = std::function<void(std::exception_ptr thrown, http::Exchange& exchange)>;

  Chain() = default;
  /// Sorts by stage; within a stage the first one stays outermost.
  Chain(std::vector<routing::Middleware> members, OnFault on_fault);

  [[nodiscard]] bool empty() const noexcept { return members_.empty(); }
  /// From the outermost on.
  [[nodiscard]] const std::vector<routing::Middleware>& members() const noexcept { return members_; }

  /// From the outermost on.
  [[nodiscard]] std::span<const Hook> before() const noexcept { return before_; }
  [[nodiscard]] std::span<const Hook> before_handler() const noexcept { return before_handler_; }
  [[nodiscard]] std::span<const Hook> around() const noexcept { return around_; }
  /// From the innermost on.
  [[nodiscard]] std::span<const Hook> after() const noexcept { return after_; }
  [[nodiscard]] std::span<const Hook> finished() const noexcept { return finished_; }

  void answer_fault(std::exception_ptr thrown, http::Exchange& exchange) const noexcept;

 private:
  std::vector<routing::Middleware> members_;
  OnFault on_fault_;
  std::vector<Hook> before_, before_handler_, around_, after_, finished_;
};

}  // namespace serval::detail
