// SPDX-License-Identifier: MIT
#include "base/waiter.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>

namespace serval::detail {

namespace asio = boost::asio;

void Waiter::tell_now() {
  const std::scoped_lock lock(mutex_);
  is_told_ = true;
  timer_.cancel();
}

void Waiter::tell(const std::shared_ptr<Waiter>& waiter) noexcept {
  try {
    asio::post(waiter->executor_, [waiter] { waiter->tell_now(); });
  } catch (const std::exception&) {
    // Out of memory: this coroutine is not resumed, and ends at its deadline.
  }
}

Task<Waiter::End> Waiter::wait() {
  boost::system::error_code error;
  const auto start = [&](auto handler) {
    const std::scoped_lock lock(mutex_);
    if (is_told_) timer_.expires_at(Time::min());
    timer_.async_wait(asio::redirect_error(std::move(handler), error));
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(start, asio::use_awaitable);
  const std::scoped_lock lock(mutex_);
  if (is_told_) co_return End::told;
  co_return error ? End::cancelled : End::due;
}

}  // namespace serval::detail
