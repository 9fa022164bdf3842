// SPDX-License-Identifier: MIT
// How a connection's waits complete, and the fence around everything that runs on its behalf.
#pragma once

#include <boost/asio/error.hpp>
#include <spdlog/logger.h>
#include <exception>

#include "base/fault_text.hpp"
#include "net/connection.hpp"

namespace serval::detail {

/// Runs a step; what escapes it ends this connection and no other.
template <class Step>
void Connection::guarded(Step step) noexcept {
  const Ref self(this);
  if (loop_->state().abandoned()) return close();
  loop_->touch();
  try {
    step();
  } catch (...) {
    loop_->settings().logger->error("connection of {} given up: {}", peer_.host, fault_text(std::current_exception()));
    close();
  }
}

/// Completes a wait for readiness.
struct Connection::Ready {
  Ref connection;
  void (Connection::*step)();

  void operator()(boost::system::error_code error) {
    // Aborted by close(): the reference goes, nothing else. Any other error shows again at the next read or write.
    if (error == boost::asio::error::operation_aborted || connection->phase_ == Phase::closed) return;
    connection->guarded([this] { (*connection.*step)(); });
  }
};

}  // namespace serval::detail
