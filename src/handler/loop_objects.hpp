// SPDX-License-Identifier: MIT
// The objects that `PerLoop` has made for one event loop, as a service of its io_context.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <serval/handler/per_loop.hpp>

namespace serval::detail {

/// An object that its loop and its `PerLoop` may end, whichever comes first. Thread safety: all of it.
class LoopObject {
 public:
  explicit LoopObject(std::shared_ptr<void> object) : object_(std::move(object)) {}
  [[nodiscard]] std::shared_ptr<void> share() const {
    const std::scoped_lock lock(mutex_);
    return object_;
  }
  void end() {
    std::shared_ptr<void> object;  // destroyed outside the lock
    const std::scoped_lock lock(mutex_);
    object.swap(object_);
  }

 private:
  mutable std::mutex mutex_;  // guards object_
  std::shared_ptr<void> object_;
};

/// What stands behind a `PerLoop`. Thread safety: all of it.
class PerLoopKey {
 public:
  explicit PerLoopKey(PerLoopObjects::Make make) : make_(std::move(make)) {}
  [[nodiscard]] std::shared_ptr<LoopObject> make(const boost::asio::any_io_executor& executor);
  /// Ends the objects that are left. None is made any more.
  void end();
  [[nodiscard]] bool has_ended() const;

 private:
  PerLoopObjects::Make make_;  // constant until `end`
  mutable std::mutex mutex_;   // guards all below
  bool has_ended_ = false;
  std::vector<std::weak_ptr<LoopObject>> objects_;
};

/// Thread safety: all of it.
class LoopObjects final : public boost::asio::execution_context::service {
 public:
  using key_type = LoopObjects;
  inline static boost::asio::execution_context::id id;

  explicit LoopObjects(boost::asio::execution_context& context) : service(context) {}
  /// That of a context.
  [[nodiscard]] static LoopObjects& of(boost::asio::execution_context& context);

  /// Makes the object where it is not there; where another thread is making it, waits for that. Errors: what making it
  /// throws; `std::logic_error` where the object is asked for by what makes it.
  [[nodiscard]] std::shared_ptr<void> share(const std::shared_ptr<PerLoopKey>& owner,
                                            const boost::asio::any_io_executor& executor);

  /// A host carries an application on this context; it calls `detach` on it as it ends.
  void attach();
  /// Ends the objects where no other host is left.
  void detach();
  /// As above where there are no objects; else does nothing and returns false.
  [[nodiscard]] bool detach_from_none();
  /// Ends the objects, the youngest first. One that is being made stays.
  void end();

 private:
  struct Entry {
    std::shared_ptr<PerLoopKey> key;
    std::shared_ptr<LoopObject> object;  // null: it is being made
    std::thread::id maker;               // then by this thread
  };
  struct Waiter {
    std::thread::id thread;
    const PerLoopKey* key;  // which it waits for
  };
  void shutdown() override { end(); }
  [[nodiscard]] std::vector<Entry>::iterator find(const PerLoopKey* owner);
  /// Whether the object cannot become ready before this thread goes on, as it, or another that it waits for, is made
  /// by this thread.
  [[nodiscard]] bool waits_for_this_thread(const Entry& entry);
  void wait_for(const PerLoopKey* owner, std::unique_lock<std::mutex>& lock);
  void make(const std::shared_ptr<PerLoopKey>& owner, const boost::asio::any_io_executor& executor,
            std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;                 // guards all below; not held while an object is made
  std::condition_variable is_made_;  // or could not be made
  std::size_t hosts_ = 0;
  std::vector<Entry> entries_;  // those that are there in the order in which they were ready
  std::vector<Waiter> waiters_;
};

}  // namespace serval::detail
