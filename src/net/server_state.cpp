// SPDX-License-Identifier: MIT
#include "net/server_state.hpp"

#include <utility>

namespace serval::detail {

void ServerState::release() noexcept {
  const std::size_t before = alive_.fetch_sub(1, std::memory_order_acq_rel);
  // Only the last work is left, so nothing else uses `last_work_`. It is called once.
  if (before == 2 && last_work_ && !abandoned()) {
    std::exchange(last_work_, nullptr)();
    return release();
  }
  if (before != 1) return;
  const std::scoped_lock lock(mutex_);
  idle_.notify_all();
}

void ServerState::release_traffic() noexcept {
  if (traffic_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  if (on_quiet_ && !abandoned()) on_quiet_();
  release();
}

void ServerState::set_last_work(std::function<void()> work) {
  last_work_ = std::move(work);
  hold();
}

bool ServerState::wait_idle(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  return idle_.wait_for(lock, at_most, [this] { return idle(); });
}

void ServerState::release_connection() noexcept {
  connections_.fetch_sub(1, std::memory_order_acq_rel);
  if (on_free_place_) on_free_place_();
  release_traffic();
}

}  // namespace serval::detail
