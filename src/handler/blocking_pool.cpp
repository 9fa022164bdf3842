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
#include <chrono>
#include <cstdint>
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
  std::deque<std::function<void()>> dropped_first, dropped;
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    dropped_first.swap(first_);
    dropped.swap(queue_);
  }
  wake_.notify_all();
  wake_reserve_.notify_all();
  dropped_first.clear();
  dropped.clear();
  for (auto& thread : threads_) thread.join();
  if (reserve_.joinable()) reserve_.join();
}

bool detail::BlockingPool::try_post(std::function<void()> work) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_) return false;
    const bool can_grow = threads_.size() < max_threads_;
    if (first_.size() + queue_.size() >= idle_ + max_queued_ + (can_grow ? 1 : 0)) return false;
    queue_.push_back(std::move(work));
    static_cast<void>(start_thread_if_needed());
  }
  wake_.notify_one();
  return true;
}

std::size_t detail::BlockingPool::queued() const noexcept {
  const std::scoped_lock lock(mutex_);
  return first_.size() + queue_.size();
}

std::chrono::nanoseconds detail::BlockingPool::lag() {
  const auto now = std::chrono::steady_clock::now();
  const std::scoped_lock lock(mutex_);
  if (queue_.empty()) return std::chrono::nanoseconds(0);
  const auto lag = lag_probe_.lag(now);
  // Beyond the limit of the queue, so that a full one is measured, too. Threads are running, since work waits.
  if (!stopping_ && lag_probe_.send(now))
    queue_.emplace_back([this] { lag_probe_.arrive(std::chrono::steady_clock::now()); });
  return lag;
}

bool detail::BlockingPool::post_first(std::function<void()> work) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_) return false;
    first_.push_back(std::move(work));
    if (!start_thread_if_needed() && !reserve_.joinable())
      reserve_ = std::thread([this] { run_thread(Takes::first_only); });
  }
  wake_.notify_one();
  wake_reserve_.notify_one();
  return true;
}

/// Starts a thread if more work is queued than threads are idle. Returns false if that is the case but the pool already
/// has its largest number of threads. REQUIRES: the caller holds mutex_.
bool detail::BlockingPool::start_thread_if_needed() {
  if (first_.size() + queue_.size() <= idle_) return true;
  if (threads_.size() >= max_threads_) return false;
  ++idle_;
  threads_.emplace_back([this] { run_thread(Takes::all); });
  return true;
}

void detail::BlockingPool::run_thread(Takes takes) {
  std::unique_lock lock(mutex_);
  const bool takes_all = takes == Takes::all;
  for (;;) {
    (takes_all ? wake_ : wake_reserve_).wait(lock, [&] {
      return stopping_ || !first_.empty() || (takes_all && !queue_.empty());
    });
    if (stopping_) return;
    std::deque<std::function<void()>>& from = first_.empty() ? queue_ : first_;
    auto work = std::move(from.front());
    from.pop_front();
    if (takes_all) --idle_;
    lock.unlock();
    work();
    work = nullptr;  // destroyed outside the lock
    lock.lock();
    if (takes_all) ++idle_;
  }
}

namespace {

/// Whether work that has not begun may be dropped.
enum class Need : std::uint8_t { droppable, must_run };

/// One call of `detail::run_blocking`. It completes its coroutine exactly once, even if the pool drops the work.
template <class Handler>
class Call final : public detail::BlockingCall {
 public:
  Call(Handler handler, const asio::any_io_executor& executor, std::function<void()> work, Need need)
      : executor_(asio::prefer(executor, asio::execution::outstanding_work.tracked)),
        work_(std::move(work)),
        need_(need),
        handler_(std::make_unique<Handler>(std::move(handler))) {}
  ~Call() override {
    if (handler_) complete(std::make_exception_ptr(Unavailable()));
  }

  /// Must be called before any other member.
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
    if (need_ == Need::droppable && !is_taken_.exchange(true)) complete(std::make_exception_ptr(Unavailable()));
  }

 private:
  /// The coroutine continues only after this thread has stopped using the execution context, since the context may be
  /// destroyed as soon as the coroutine has ended.
  void complete(std::exception_ptr fault) {
    work_ = nullptr;  // its captures are destroyed before the coroutine continues
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

  asio::any_io_executor executor_;  // keeps the context running until the coroutine's resumption is posted
  std::function<void()> work_;
  const Need need_;
  std::unique_ptr<Handler> handler_;   // null after completion
  std::atomic<bool> is_taken_{false};  // a thread runs it or drops it
  std::shared_ptr<detail::BlockingCalls::List> list_;
  std::optional<detail::BlockingCalls::List::Place> place_;
};

Task<void> run_on_pool(detail::BlockingPool& pool, std::function<void()> work, Need need) {
  const auto executor = co_await asio::this_coro::executor;
  auto& calls = asio::use_service<detail::BlockingCalls>(asio::query(executor, asio::execution::context));
  // The lambda has a name, since g++ 12 destroys a lambda that captures by copy twice if it stands inside a co_await
  // expression. The operation ignores the handler's cancellation slot; therefore the coroutine waits for the work even
  // if it is cancelled.
  const auto start = [&](auto handler) {
    auto call = std::make_shared<Call<decltype(handler)>>(std::move(handler), executor, std::move(work), need);
    call->enlist(calls.list(), executor, call);
    // If the pool refuses the work, the last reference is released here, which completes the call with `Unavailable`.
    auto run = [call] { call->run(); };
    (void)(need == Need::must_run ? pool.post_first(std::move(run)) : pool.try_post(std::move(run)));
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(std::exception_ptr)>(start, asio::use_awaitable);
}

}  // namespace

Task<void> detail::run_blocking(detail::BlockingPool& pool, std::function<void()> work) {
  return run_on_pool(pool, std::move(work), Need::droppable);
}

Task<void> detail::run_blocking_first(detail::BlockingPool& pool, std::function<void()> work) {
  return run_on_pool(pool, std::move(work), Need::must_run);
}

}  // namespace serval
