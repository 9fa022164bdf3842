// SPDX-License-Identifier: MIT
// `Blocking`: the application's pool for blocking work, as an argument of handlers, dependencies, start functions and
// services: `co_await blocking([&] { return query(); })`.
#pragma once

#include <type_traits>
#include <utility>

#include <serval/handler/pool.hpp>
#include <serval/params/argument.hpp>

namespace serval {

/// Calls blocking functions on the application's pool, which `.blocking` routes also use, while the coroutine waits:
/// ```
/// app.get("/rows")([](Blocking blocking, State<Database> database) -> Task<std::vector<Row>> {
///   co_return co_await blocking([&] { return database->rows(); });
/// });
/// ```
/// For a separate pool for some of the work, provide a `Pool` and take it as `State<Pool, "reports">`.
/// Lifetime: the application's. Thread safety: all of it; copies are equivalent.
class Blocking {
 public:
  Blocking() = default;  // for storage: assign it before calling it

  /// Calls `work` on one of the threads; the result returns to the coroutine's loop. The coroutine waits for its end
  /// even if it is cancelled meanwhile; the next `co_await` then notices the cancellation.
  /// Errors: exceptions of `work`; Unavailable, which is a 503, if more calls wait than `AppOptions::blocking_queue`.
  template <class F>
  [[nodiscard]] detail::Task<std::invoke_result_t<F&>> operator()(F work) const {
    return detail::call_on_pool(*pool_, std::move(work));
  }

 private:
  friend struct detail::ArgumentTraits<Blocking>;
  explicit Blocking(detail::BlockingPool& pool) noexcept : pool_(&pool) {}
  detail::BlockingPool* pool_ = nullptr;
};

namespace detail {

/// An object of the application, like that of a `State<T>`: available also without a request.
template <>
struct ArgumentTraits<Blocking> {
  using Slot = Blocking;
  static constexpr StateType state{
      .type = &typeid(Blocking), .name = "Blocking", .object_name = {}, .assign = [](void* slot, void* pool) {
        *static_cast<Blocking*>(slot) = Blocking(*static_cast<BlockingPool*>(pool));
      }};
  static constexpr ArgumentSpec spec() { return {.state = &state}; }
  static Blocking& get(Slot& slot) { return slot; }
};
template <>
struct ArgumentTraits<const Blocking&> : ArgumentTraits<Blocking> {};

}  // namespace detail
}  // namespace serval
