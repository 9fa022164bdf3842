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

  [[nodiscard]] std::shared_ptr<void> share(const boost::asio::any_io_executor& executor) const;

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
/// An object ends on its loop, as the last server or test client on it stops: after the last answer and the services.
/// Objects that were made last end first. They end before the stop functions of the application, except where another
/// server uses the same io_context: then they may end after them. An io_context that no server uses ends its objects as
/// it is destroyed, and so does that of a test client whose handler or service ignored its cancellation or which a
/// `TestStream` or `TestWebSocket` outlives. Objects that start and stop functions have asked for end after the stop
/// functions and before the objects of `App::lifespan`.
/// Where an io_context is destroyed with coroutines that still wait, the objects end before the frames of these: what a
/// coroutine holds and uses the object as it is destroyed, as a lease of a pool does, keeps it with `share`.
/// Lifetime: the `PerLoop` must outlive the servers and test clients whose loops it is used on; one of `App::provide`
/// does. It ends the objects that are left on the calling thread, but a socket or a timer must not end on one thread
/// while another one runs its io_context. Where no thread runs the loops, it may go before them or after them.
/// Thread safety: `get` and `share` from any thread.
template <class T>
class PerLoop {
  static_assert(std::is_nothrow_destructible_v<T>,
                "serval: the destructor of an object for each loop may throw, but nothing could catch it when the loop "
                "ends");

 public:
  /// Each is `T()`.
  PerLoop() requires std::default_initializable<T>
      : objects_([](const boost::asio::any_io_executor&) { return std::make_shared<T>(); }) {}
  /// Each is what `make(executor)` returns, which need not be movable; the executor is the loop's. Calls for different
  /// loops may come at the same time. For one io_context there is one call; other threads that ask for the object
  /// meanwhile wait for it. The library holds no lock during the call, and `make` may ask for objects of other
  /// `PerLoop`s.
  template <class F>
  requires std::is_invocable_r_v<T, const F&, const boost::asio::any_io_executor&>
  explicit PerLoop(F make)
      : objects_([make = std::move(make)](const boost::asio::any_io_executor& executor) {
          return std::shared_ptr<T>(new T(make(executor)));
        }) {}

  /// The object of the loop that the executor belongs to: `co_await boost::asio::this_coro::executor` is that of a
  /// coroutine. Errors: what making it throws, then the next call tries again; `std::logic_error` where the function
  /// that makes the object asks for it. Lifetime: see above; not for another loop to use.
  [[nodiscard]] T& get(const boost::asio::any_io_executor& executor) const {
    return *static_cast<T*>(objects_.share(executor).get());
  }

  /// The same object, for whoever may need it until the io_context is destroyed. It ends with the last of its owners,
  /// which must be a coroutine of that loop or something that lives in its frame. Errors: as `get`.
  [[nodiscard]] std::shared_ptr<T> share(const boost::asio::any_io_executor& executor) const {
    return std::static_pointer_cast<T>(objects_.share(executor));
  }

 private:
  detail::PerLoopObjects objects_;
};

}  // namespace serval
