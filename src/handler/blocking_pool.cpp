// SPDX-License-Identifier: MIT
#include "handler/blocking_pool.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <algorithm>
#include <atomic>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/http/unavailable.hpp>

#include "handler/blocking_calls.hpp"

namespace serval {

namespace asio = boost::asio;

detail::BlockingPool::BlockingPool(std::size_t threads, std::size_t max_queued)
    : max_threads_(threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency())),
      max_queued_(max_queued) {}

detail::BlockingPool::~BlockingPool() {
  std::deque<std::function<void()>> dropped;
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    dropped.swap(queue_);
  }
  wake_.notify_all();
  dropped.clear();
  for (auto& thread : threads_) thread.join();
}

bool detail::BlockingPool::try_post(std::function<void()> work) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_) return false;
    const bool can_grow = threads_.size() < max_threads_;
    if (queue_.size() >= idle_ + max_queued_ + (can_grow ? 1 : 0)) return false;
    queue_.push_back(std::move(work));
    // A thread is started only where the idle ones have work enough already.
    if (can_grow && queue_.size() > idle_) {
      ++idle_;
      threads_.emplace_back([this] { run_thread(); });
    }
  }
  wake_.notify_one();
  return true;
}

std::size_t detail::BlockingPool::queued() const noexcept {
  const std::scoped_lock lock(mutex_);
  return queue_.size();
}

void detail::BlockingPool::run_thread() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    auto work = std::move(queue_.front());
    queue_.pop_front();
    --idle_;
    lock.unlock();
    work();
    work = nullptr;  // destroyed outside the lock
    lock.lock();
    ++idle_;
  }
}

namespace {

/// One call of `detail::run_blocking`: completes its coroutine exactly once, also where the pool drops the work.
template <class Handler>
class Call final : public detail::BlockingCall {
 public:
  Call(Handler handler, const asio::any_io_executor& executor, std::function<void()> work)
      : executor_(asio::prefer(executor, asio::execution::outstanding_work.tracked)),
        work_(std::move(work)),
        handler_(std::make_unique<Handler>(std::move(handler))) {}
  ~Call() override {
    if (handler_) complete(std::make_exception_ptr(Unavailable()));
  }

  /// To be called before anything else.
  void enlist(const std::shared_ptr<detail::BlockingCalls::List>& list, const asio::any_io_executor& executor,
              const std::shared_ptr<Call>& self) {
    list_ = list;
    list_->add(executor, self, place_);
  }

  void run() {
    if (is_taken_.exchange(true)) return;
    std::exception_ptr fault;
    try {
      work_();
    } catch (...) {
      fault = std::current_exception();
    }
    complete(fault);
  }

  void drop() noexcept override {
    if (!is_taken_.exchange(true)) complete(std::make_exception_ptr(Unavailable()));
  }

 private:
  /// The coroutine goes on only when this thread is done with the execution context: what comes after the coroutine may
  /// be the context's end.
  void complete(std::exception_ptr fault) {
    work_ = nullptr;  // what it holds is gone before the coroutine goes on
    auto let_go = std::make_shared<std::atomic_flag>();
    {
      const asio::any_io_executor executor = std::move(executor_);
      asio::post(executor, [handler = std::move(handler_), fault = std::move(fault), let_go]() mutable {
        let_go->wait(false);
        std::move (*handler)(std::move(fault));
      });
    }
    if (place_) list_->remove(*place_);
    let_go->test_and_set();
    let_go->notify_one();
  }

  asio::any_io_executor executor_;  // kept running until the coroutine is to be resumed
  std::function<void()> work_;
  std::unique_ptr<Handler> handler_;   // null once it is completed
  std::atomic<bool> is_taken_{false};  // somebody runs it or drops it
  std::shared_ptr<detail::BlockingCalls::List> list_;
  std::optional<detail::BlockingCalls::List::Place> place_;
};

}  // namespace

Task<void> detail::run_blocking(detail::BlockingPool& pool, std::function<void()> work) {
  const auto executor = co_await asio::this_coro::executor;
  auto& calls = asio::use_service<detail::BlockingCalls>(asio::query(executor, asio::execution::context));
  // A named object, since g++ 12 destroys a lambda that captures by copy twice where it stands inside a co_await. The
  // operation does not look at the handler's cancellation slot: that is what makes the coroutine wait.
  const auto start = [&](auto handler) {
    auto call = std::make_shared<Call<decltype(handler)>>(std::move(handler), executor, std::move(work));
    call->enlist(calls.list(), executor, call);
    // When it is refused, the last reference goes here and completes the call as busy.
    (void)pool.try_post([call] { call->run(); });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(std::exception_ptr)>(start, asio::use_awaitable);
}

}  // namespace serval
