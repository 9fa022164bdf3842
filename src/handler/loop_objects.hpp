// SPDX-License-Identifier: MIT
// The objects that `PerLoop` has made for one event loop, as a service of its io_context.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <cstddef>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <serval/handler/per_loop.hpp>

namespace serval::detail {

/// An object that its loop and its `PerLoop` may end, whichever comes first. Thread safety: all of it.
class LoopObject {
 public:
  explicit LoopObject(std::shared_ptr<void> object) : object_(std::move(object)) {}
  [[nodiscard]] void* get() const {
    const std::scoped_lock lock(mutex_);
    return object_.get();
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

  [[nodiscard]] void* get(const std::shared_ptr<PerLoopKey>& owner, const boost::asio::any_io_executor& executor);

  /// A host carries an application on this context; it calls `detach` on it as it ends.
  void attach();
  /// Ends the objects where no other host is left.
  void detach();
  /// As above where there are no objects; else does nothing and returns false.
  [[nodiscard]] bool detach_from_none();
  /// Ends the objects, the youngest first.
  void end();

 private:
  struct Entry {
    std::shared_ptr<PerLoopKey> key;
    std::shared_ptr<LoopObject> object;
  };
  void shutdown() override { end(); }

  std::recursive_mutex mutex_;  // guards all below; held while one is made, which may ask for another
  std::size_t hosts_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace serval::detail
