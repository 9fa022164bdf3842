// SPDX-License-Identifier: MIT
// A service of an io_context that owns the objects that `PerLoop` has made for this event loop.
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

/// An object that its loop or its `PerLoop` releases, whichever ends first. Thread safety: all of it.
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

/// The part of a `PerLoop` that it shares with the loops that have an object. Thread safety: all of it.
class PerLoopKey {
 public:
  explicit PerLoopKey(PerLoopObjects::Make make) : make_(std::move(make)) {}
  [[nodiscard]] std::shared_ptr<LoopObject> make(const boost::asio::any_io_executor& executor);
  /// Releases the remaining objects. No object can be made afterwards.
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
  /// The service of a context, which the first call creates.
  [[nodiscard]] static LoopObjects& of(boost::asio::execution_context& context);

  /// Returns the object, and makes it at the first call. Waits while another thread is making it. Errors: exceptions of
  /// the function that makes it; `std::logic_error` if that function requests the object itself.
  [[nodiscard]] std::shared_ptr<void> share(const std::shared_ptr<PerLoopKey>& owner,
                                            const boost::asio::any_io_executor& executor);

  /// Registers a host (a server or a test client) that runs an application on this context. When the host ends, it
  /// calls `detach` on the context.
  void attach();
  /// Releases the objects if no other host is left.
  void detach();
  /// Does the same if there are no objects; otherwise does nothing and returns false.
  [[nodiscard]] bool detach_from_none();
  /// Releases the objects, the youngest first. An object that is being made stays.
  void end();

 private:
  struct Entry {
    std::shared_ptr<PerLoopKey> key;
    std::shared_ptr<LoopObject> object;  // null while it is being made
    std::thread::id maker;               // the thread that makes it
  };
  struct Waiter {
    std::thread::id thread;
    const PerLoopKey* key;  // of the object that it waits for
  };
  void shutdown() override { end(); }
  [[nodiscard]] std::vector<Entry>::iterator find(const PerLoopKey* owner);
  /// Whether the object cannot become ready before this thread continues: this thread is making it, or is making
  /// another object that its maker waits for, directly or through further threads.
  [[nodiscard]] bool waits_for_this_thread(const Entry& entry);
  void wait_for(const PerLoopKey* owner, std::unique_lock<std::mutex>& lock);
  void make(const std::shared_ptr<PerLoopKey>& owner, const boost::asio::any_io_executor& executor,
            std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;                 // guards all below; not held while an object is made
  std::condition_variable is_made_;  // notified when an object was made or could not be made
  std::size_t hosts_ = 0;
  std::vector<Entry> entries_;  // finished objects in the order in which they became ready
  std::vector<Waiter> waiters_;
};

}  // namespace serval::detail
