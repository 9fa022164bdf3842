// SPDX-License-Identifier: MIT
// The calls of `detail::run_blocking` that have not returned to their execution context yet. A server and an io_context
// wait for them before they end.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <optional>

namespace serval::detail {

/// One call that a pool has queued or runs.
class BlockingCall {
 public:
  BlockingCall() = default;
  BlockingCall(const BlockingCall&) = delete;
  BlockingCall& operator=(const BlockingCall&) = delete;
  virtual ~BlockingCall() = default;

  /// Completes the call with `Unavailable` if it has not begun and is droppable. Thread safety: any thread.
  virtual void drop() noexcept = 0;
};

/// A service of an execution context that lists the calls whose coroutines run on that context. A pool's thread posts
/// to the context when its work is done; therefore the context's destructor drops the calls that have not begun, and
/// waits for the others. Thread safety: all of it.
class BlockingCalls final : public boost::asio::execution_context::service {
 public:
  using key_type = BlockingCalls;
  inline static boost::asio::execution_context::id id;

  explicit BlockingCalls(boost::asio::execution_context& context) : service(context) {}

  /// The list. It is shared, since a pool's thread may release it after the context is destroyed.
  class List {
   public:
    struct Entry {
      boost::asio::any_io_executor executor;  ///< the coroutine's
      std::weak_ptr<BlockingCall> call;
    };
    using Place = std::list<Entry>::iterator;

    /// `place` is set before another thread can drop the call.
    void add(boost::asio::any_io_executor executor, std::weak_ptr<BlockingCall> call, std::optional<Place>& place);
    void remove(Place place) noexcept;
    /// Whether there is a call whose coroutine runs on `executor`. In this function and the next two, null means: on
    /// any executor.
    [[nodiscard]] bool has(const boost::asio::any_io_executor* executor);
    /// Drops the calls that have not begun.
    void drop_queued(const boost::asio::any_io_executor* executor);
    /// Blocks until there is no such call.
    void wait(const boost::asio::any_io_executor* executor);

   private:
    std::mutex mutex_;  // guards entries_
    std::condition_variable removed_;
    std::list<Entry> entries_;
  };
  [[nodiscard]] const std::shared_ptr<List>& list() const noexcept { return list_; }

 private:
  void shutdown() override;

  const std::shared_ptr<List> list_ = std::make_shared<List>();
};

}  // namespace serval::detail
