// SPDX-License-Identifier: MIT
// One object for each event loop: the basis for connection pools and other objects that are used without locks.
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

  [[nodiscard]] std::shared_ptr<void> share(const boost::asio::any_io_executor& executor) const;

 private:
  std::shared_ptr<PerLoopKey> key_;  // shared with the loops that have an object
};

}  // namespace detail

/// A `T` for each event loop, created at its first use there:
/// ```
/// app.provide(PerLoop<Connections>([](const boost::asio::any_io_executor& loop) { return Connections(loop); }));
/// app.get("/")([](State<PerLoop<Connections>> connections) -> Task<int> {
///   Connections& here = connections->get(co_await boost::asio::this_coro::executor);
///   ...
/// ```
/// Coroutines of a loop use their object only on that loop, so `T` needs no lock. The exception is an io_context that
/// several threads run: it has one object, which they use at the same time.
///
/// An object is destroyed on its loop when the last server or test client on it stops: after the last response and the
/// services, in reverse order of creation. Objects are destroyed before the stop functions of the application run,
/// except if another server uses the same io_context: then they may be destroyed later. An io_context that no server
/// uses destroys its objects with itself; so does that of a test client whose handler or service ignored its
/// cancellation or which a `TestStream` or `TestWebSocket` outlives. Objects that start and stop functions have used
/// are destroyed after the stop functions and before the objects of `App::lifespan`. If an io_context is destroyed
/// while coroutines still wait, the objects are destroyed before the coroutine frames: an object in a coroutine whose
/// destructor uses it, such as a lease from a pool, must keep it with `share`.
/// Lifetime: the `PerLoop` must outlive the servers and test clients on whose loops it is used; a `PerLoop` in
/// `App::provide` does. It destroys the remaining objects on the calling thread, but a socket or a timer must not be
/// destroyed on one thread while another one runs its io_context. If no thread runs the loops, it may be destroyed
/// before or after them.
/// Thread safety: `get` and `share` from any thread.
template <class T>
class PerLoop {
  static_assert(
      std::is_nothrow_destructible_v<T>,
      "serval: the destructor of a PerLoop object must be noexcept, since nothing can catch its exception when "
      "the loop ends");

 public:
  /// Each object is `T()`.
  PerLoop() requires std::default_initializable<T>
      : objects_([](const boost::asio::any_io_executor&) { return std::make_shared<T>(); }) {}
  /// Each object is the result of `make(executor)`, which need not be movable; the executor is the loop's. Calls for
  /// different loops may happen at the same time. For one io_context there is one call; other threads that need the
  /// object meanwhile wait for it. The library holds no lock during the call, and `make` may use objects of other
  /// `PerLoop`s.
  template <class F>
  requires std::is_invocable_r_v<T, const F&, const boost::asio::any_io_executor&>
  explicit PerLoop(F make)
      : objects_([make = std::move(make)](const boost::asio::any_io_executor& executor) {
          return std::shared_ptr<T>(new T(make(executor)));
        }) {}

  /// The object of the loop that the executor belongs to: `co_await boost::asio::this_coro::executor` is the executor
  /// of a coroutine. Errors: exceptions of the function that makes the object, after which the next call tries again;
  /// `std::logic_error` if that function requests the object itself. Lifetime: see above; do not use it on another
  /// loop.
  [[nodiscard]] T& get(const boost::asio::any_io_executor& executor) const {
    return *static_cast<T*>(objects_.share(executor).get());
  }

  /// The same object, for code that may need it until the io_context is destroyed. It is destroyed with its last owner,
  /// which must be a coroutine of that loop or an object in its frame. Errors: as `get`.
  [[nodiscard]] std::shared_ptr<T> share(const boost::asio::any_io_executor& executor) const {
    return std::static_pointer_cast<T>(objects_.share(executor));
  }

 private:
  detail::PerLoopObjects objects_;
};

}  // namespace serval
