// SPDX-License-Identifier: MIT
// A server as its application sees it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include <serval/handler/host.hpp>

#include "net/loop.hpp"
#include "net/server_state.hpp"

namespace serval::detail {

/// Lifetime: may outlive the server if coroutines remain on the caller's io_context, but not that context.
class ServerHost final : public http::Host {
 public:
  ServerHost(std::shared_ptr<ServerState> state, const std::vector<std::shared_ptr<Loop>>& loops)
      : state_(std::move(state)) {
    for (const auto& loop : loops) {
      executors_.push_back(loop->executor());
      loops_.push_back(loop);
    }
  }

  [[nodiscard]] const Stopping& stopping() const noexcept override { return state_->stopping(); }
  [[nodiscard]] bool is_leaving() const noexcept override { return state_->leaving(); }
  [[nodiscard]] std::size_t loop_count() const noexcept override { return executors_.size(); }
  [[nodiscard]] const boost::asio::any_io_executor& loop(std::size_t index) const noexcept override {
    return executors_[index];
  }
  [[nodiscard]] std::chrono::nanoseconds loop_lag() override {
    std::chrono::nanoseconds longest{0};
    if (state_->idle()) return longest;  // nothing runs the loops any more
    for (const auto& weak : loops_) {
      if (const auto loop = weak.lock()) longest = std::max(longest, loop->lag());
    }
    return longest;
  }
  [[nodiscard]] std::chrono::nanoseconds pool_lag() override {
    if (state_->idle() || state_->abandoned()) return std::chrono::nanoseconds(0);
    return state_->service().pool_lag();
  }
  void hold() noexcept override { state_->hold(); }
  void release() noexcept override { state_->release(); }

 private:
  const std::shared_ptr<ServerState> state_;
  std::vector<boost::asio::any_io_executor> executors_;
  std::vector<std::weak_ptr<Loop>> loops_;  // weak: coroutines that remain must not keep a loop
};

}  // namespace serval::detail
