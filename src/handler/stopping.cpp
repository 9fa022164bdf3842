// SPDX-License-Identifier: MIT
#include <serval/handler/stopping.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <exception>

#include <serval/base/task.hpp>

#include "handler/stop_state.hpp"

namespace serval {

namespace asio = boost::asio;

bool Stopping::is_requested() const noexcept { return state_ != nullptr && state_->is_requested(); }

Task<void> Stopping::wait() const { return detail::StopState::wait(state_); }

/// One waiting coroutine. Its timer is used only on its executor, since the timers of an event loop may have no locks.
/// The mutex is for executors that several threads run at once.
struct detail::StopState::Waiter {
  explicit Waiter(const asio::any_io_executor& its_executor)
      : executor(its_executor), timer(its_executor, asio::steady_timer::time_point::max()) {}

  void tell() {
    const std::scoped_lock lock(mutex);
    is_told = true;
    timer.cancel();
  }

  const asio::any_io_executor executor;
  std::mutex mutex;  // guards all below
  bool is_told = false;
  asio::steady_timer timer;
};

/// Keeps the waiter in the list as long as the coroutine waits, however the wait ends.
class detail::StopState::Place {
 public:
  Place(std::shared_ptr<StopState> state, std::shared_ptr<Waiter> waiter) : state_(std::move(state)) {
    if (state_ == nullptr) return;
    const std::scoped_lock lock(state_->mutex_);
    if (state_->is_requested()) waiter->is_told = true;
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
  for (const std::shared_ptr<Waiter>& waiter : waiters_) {
    try {
      asio::post(waiter->executor, [waiter] { waiter->tell(); });
    } catch (const std::exception&) {
      // Out of memory: this coroutine is not resumed, and ends at the deadline of the stop.
    }
  }
}

Task<void> detail::StopState::wait(std::shared_ptr<StopState> state) {
  if (state != nullptr && state->is_requested()) co_return;
  const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
  const Place place(state, waiter);
  boost::system::error_code ignored;  // not needed: a stop and a cancellation both cancel the timer
  const auto start = [&](auto handler) {
    const std::scoped_lock lock(waiter->mutex);
    if (waiter->is_told) waiter->timer.expires_at(asio::steady_timer::time_point::min());
    waiter->timer.async_wait(asio::redirect_error(std::move(handler), ignored));
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(start, asio::use_awaitable);
  if (state == nullptr || !state->is_requested()) throw boost::system::system_error(asio::error::operation_aborted);
}

}  // namespace serval
