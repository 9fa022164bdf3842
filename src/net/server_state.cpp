// SPDX-License-Identifier: MIT
#include "net/server_state.hpp"

namespace serval::detail {

void ServerState::release() noexcept {
  if (alive_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  const std::scoped_lock lock(mutex_);
  idle_.notify_all();
}

bool ServerState::wait_idle(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  return idle_.wait_for(lock, at_most, [this] { return idle(); });
}

void ServerState::on_connection_closed() noexcept {
  connections.fetch_sub(1, std::memory_order_acq_rel);
  if (on_free_place_) on_free_place_();
}

}  // namespace serval::detail
