// SPDX-License-Identifier: MIT
// Runs code for a connection, and ends the connection if it throws.
#pragma once

#include <spdlog/logger.h>
#include <exception>

#include "base/fault_text.hpp"
#include "net/connection.hpp"

namespace serval::detail {

template <class Step>
void Connection::guarded(Step step) noexcept {
  const Ref self(this);
  const boost::intrusive_ptr<Session> session = session_;  // keeps the session alive: `step` may replace it
  if (loop_->state().abandoned()) return close();
  loop_->touch();
  try {
    step();
  } catch (...) {
    loop_->settings().logger->error("the connection of {} is closed after an exception: {}", transport_->peer().host,
                                    fault_text(std::current_exception()));
    close();
  }
}

}  // namespace serval::detail
