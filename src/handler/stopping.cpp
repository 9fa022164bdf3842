// SPDX-License-Identifier: MIT
#include <serval/handler/stopping.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <serval/base/task.hpp>

#include "base/waiter.hpp"
#include "handler/stop_state.hpp"

namespace serval {

namespace asio = boost::asio;

bool Stopping::is_requested() const noexcept { return state_ != nullptr && state_->is_requested(); }

Task<void> Stopping::wait() const { return detail::StopState::wait(state_); }

/// Keeps the waiter in the list as long as the coroutine waits, however the wait ends.
class detail::StopState::Place {
 public:
  Place(std::shared_ptr<StopState> state, std::shared_ptr<Waiter> waiter) : state_(std::move(state)) {
    if (state_ == nullptr) return;
    const std::scoped_lock lock(state_->mutex_);
    if (state_->is_requested()) waiter->tell_now();
    place_ = state_->waiters_.insert(state_->waiters_.end(), std::move(waiter));
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    if (state_ == nullptr) return;
    const std::scoped_lock lock(state_->mutex_);
    state_->waiters_.erase(place_);
  }

 private:
  const std::shared_ptr<StopState> state_;
  std::list<std::shared_ptr<Waiter>>::iterator place_;
};

void detail::StopState::request() noexcept {
  is_requested_.store(true, std::memory_order_release);
  const std::scoped_lock lock(mutex_);
  for (const std::shared_ptr<Waiter>& waiter : waiters_) Waiter::tell(waiter);
}

Task<void> detail::StopState::wait(std::shared_ptr<StopState> state) {
  if (state != nullptr && state->is_requested()) co_return;
  const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
  const Place place(state, waiter);
  static_cast<void>(co_await waiter->wait());  // a stop and a cancellation both end it
  if (state == nullptr || !state->is_requested()) throw boost::system::system_error(asio::error::operation_aborted);
}

}  // namespace serval
