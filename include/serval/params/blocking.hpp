// SPDX-License-Identifier: MIT
// `Blocking`: the application's pool for work that blocks, as an argument of handlers, dependencies, start functions
// and services: `co_await blocking([&] { return query(); })`.
#pragma once

#include <type_traits>
#include <utility>

#include <serval/handler/pool.hpp>
#include <serval/params/argument.hpp>

namespace serval {

/// Calls what blocks on the application's pool, the one of `.blocking` routes, while the coroutine waits:
/// ```
/// app.get("/rows")([](Blocking blocking, State<Database> database) -> Task<std::vector<Row>> {
///   co_return co_await blocking([&] { return database->rows(); });
/// });
/// ```
/// For a pool of its own that only some work shares, provide a `Pool` and take it as `State<Pool, "reports">`.
/// Lifetime: the application's. Thread safety: all of it; copies are alike.
class Blocking {
 public:
  Blocking() = default;  // for storage: to be assigned before it is called

  /// Calls `work` on one of the threads; what it returns comes back to the coroutine's loop. The coroutine waits for
  /// its end also when it is cancelled meanwhile; the next `co_await` then notices.
  /// Errors: what `work` throws; Unavailable, which is a 503, when more calls wait than `AppOptions::blocking_queue`.
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

/// An object of the application's, as that of a `State<T>`: there also where no request is.
template <>
struct ArgumentTraits<Blocking> {
  using Slot = Blocking;
  static constexpr StateType state{&typeid(Blocking), "Blocking", {}, [](void* slot, void* pool) {
                                     *static_cast<Blocking*>(slot) = Blocking(*static_cast<BlockingPool*>(pool));
                                   }};
  static constexpr ArgumentSpec spec() { return {nullptr, 0, nullptr, nullptr, false, &state}; }
  static Blocking& get(Slot& slot) { return slot; }
};
template <>
struct ArgumentTraits<const Blocking&> : ArgumentTraits<Blocking> {};

}  // namespace detail
}  // namespace serval
