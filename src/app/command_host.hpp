// SPDX-License-Identifier: MIT
// A command of the program as its application sees it: a host with one event loop, which runs while the command waits.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <atomic>
#include <cstddef>
#include <memory>

#include <serval/handler/host.hpp>

#include "handler/stop_state.hpp"

namespace serval::detail {

/// Lifetime: the context outlives it.
class CommandHost final : public http::Host {
 public:
  explicit CommandHost(boost::asio::io_context& context) : executor_(context.get_executor()) {}

  [[nodiscard]] const Stopping& stopping() const noexcept override { return stopping_; }
  [[nodiscard]] std::size_t loop_count() const noexcept override { return 1; }
  [[nodiscard]] const boost::asio::any_io_executor& loop(std::size_t) const noexcept override { return executor_; }
  void hold() noexcept override { ++held_; }
  void release() noexcept override { --held_; }

  [[nodiscard]] bool is_held() const noexcept { return held_ != 0; }
  void request_stop() noexcept { stop_->request(); }

 private:
  const boost::asio::any_io_executor executor_;
  const std::shared_ptr<StopState> stop_ = std::make_shared<StopState>();
  const Stopping stopping_ = stop_->handle();
  std::atomic<int> held_{0};
};

}  // namespace serval::detail
