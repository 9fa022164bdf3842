// SPDX-License-Identifier: MIT
#include "turns.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/system/system_error.hpp>

namespace quota {

serval::Task<bool> Turns::take(std::chrono::milliseconds wait) {
  const auto waiter = std::make_shared<Waiter>(co_await boost::asio::this_coro::executor, wait);
  {
    const std::scoped_lock lock(mutex_);
    if (free_ > 0) {
      --free_;
      co_return true;
    }
    waiting_.push_back(waiter);
  }
  boost::system::error_code cancelled;
  co_await waiter->timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
  const std::scoped_lock lock(mutex_);
  if (waiter->has_turn) co_return true;
  std::erase(waiting_, waiter);
  if (cancelled) throw boost::system::system_error(cancelled);
  co_return false;
}

void Turns::give() {
  const std::scoped_lock lock(mutex_);
  if (waiting_.empty()) {
    ++free_;
    return;
  }
  const std::shared_ptr<Waiter> next = waiting_.front();
  waiting_.pop_front();
  next->has_turn = true;
  boost::asio::post(next->timer.get_executor(), [next] { next->timer.cancel(); });
}

}  // namespace quota
