// SPDX-License-Identifier: MIT
// Which calls of `detail::run_blocking` have not come back to their execution context yet: what the end of a server,
// and that of an io_context, waits for.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <optional>

namespace serval::detail {

/// One call on its way through a pool.
class BlockingCall {
 public:
  BlockingCall() = default;
  BlockingCall(const BlockingCall&) = delete;
  BlockingCall& operator=(const BlockingCall&) = delete;
  virtual ~BlockingCall() = default;

  /// Ends it as busy where it has not begun. Thread safety: any thread.
  virtual void drop() noexcept = 0;
};

/// The calls whose coroutines run on one execution context, as a service of that context. A pool's thread posts to the
/// context when its work is done, so the context's destructor drops the calls that have not begun and waits for the
/// others. Thread safety: all of it.
class BlockingCalls final : public boost::asio::execution_context::service {
 public:
  using key_type = BlockingCalls;
  inline static boost::asio::execution_context::id id;

  explicit BlockingCalls(boost::asio::execution_context& context) : service(context) {}

  /// The list, which a pool's thread may let go of after the context's end.
  class List {
   public:
    struct Entry {
      boost::asio::any_io_executor executor;  ///< the coroutine's
      std::weak_ptr<BlockingCall> call;
    };
    using Place = std::list<Entry>::iterator;

    /// `place`: written before anybody can drop the call.
    void add(boost::asio::any_io_executor executor, std::weak_ptr<BlockingCall> call, std::optional<Place>& place);
    void remove(Place place) noexcept;
    /// `executor`: of these calls; null: of all.
    [[nodiscard]] bool has(const boost::asio::any_io_executor* executor);
    void drop_queued(const boost::asio::any_io_executor* executor);
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
