// SPDX-License-Identifier: MIT
// One object for each event loop: what pools of connections are built on, and whatever else is to be used without
// locks.
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include <serval/base/task_fwd.hpp>

namespace serval {

namespace detail {

class PerLoopKey;

class PerLoopObjects {
 public:
  using Make = std::function<std::shared_ptr<void>(const boost::asio::any_io_executor& executor)>;
  explicit PerLoopObjects(Make make);
  ~PerLoopObjects();
  PerLoopObjects(PerLoopObjects&& other) noexcept;
  PerLoopObjects& operator=(PerLoopObjects&&) = delete;

  [[nodiscard]] void* get(const boost::asio::any_io_executor& executor) const;

 private:
  std::shared_ptr<PerLoopKey> key_;  // shared with the loops that have an object
};

}  // namespace detail

/// A `T` for each event loop, made when it is first asked for there:
/// ```
/// app.provide(PerLoop<Connections>([](const boost::asio::any_io_executor& loop) { return Connections(loop); }));
/// app.get("/")([](State<PerLoop<Connections>> connections) -> Task<int> {
///   Connections& here = connections->get(co_await boost::asio::this_coro::executor);
///   ...
/// ```
/// What one loop's coroutines do with their object happens on that loop alone, so `T` needs no lock. The exception is
/// an io_context that several threads run: it has one object, which they use at the same time.
///
/// An object ends on its loop, as the last server or test client on it stops: after the last answer and the services,
/// before the stop functions of the application; those made last end first. An io_context without any ends its objects
/// as it is destroyed.
/// Lifetime: the `PerLoop` may go before its loops or after them. It ends the objects that are left, on the calling
/// thread; nothing may use them then. Thread safety: `get` from any thread.
template <class T>
class PerLoop {
  static_assert(std::is_nothrow_destructible_v<T>,
                "serval: the destructor of an object for each loop may throw, but nothing could catch it when the loop "
                "ends");

 public:
  /// Each is `T()`.
  PerLoop() requires std::default_initializable<T>
      : objects_([](const boost::asio::any_io_executor&) { return std::make_shared<T>(); }) {}
  /// Each is what `make(executor)` returns, which need not be movable; the executor is the loop's. Calls of different
  /// loops come at the same time; those of one io_context one after the other.
  template <class F>
  requires std::is_invocable_r_v<T, const F&, const boost::asio::any_io_executor&>
  explicit PerLoop(F make)
      : objects_([make = std::move(make)](const boost::asio::any_io_executor& executor) {
          return std::shared_ptr<T>(new T(make(executor)));
        }) {}

  /// The object of the loop that the executor belongs to: `co_await boost::asio::this_coro::executor` is that of a
  /// coroutine. Errors: what making it throws; then the next call tries again. Lifetime: see above; not for another
  /// loop to use.
  [[nodiscard]] T& get(const boost::asio::any_io_executor& executor) const {
    return *static_cast<T*>(objects_.get(executor));
  }

 private:
  detail::PerLoopObjects objects_;
};

}  // namespace serval
