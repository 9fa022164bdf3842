// SPDX-License-Identifier: MIT
// What an application does besides answering requests: before the first one, after the last one, and meanwhile.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include <serval/app/lifecycle_function.hpp>
#include <serval/app/readiness.hpp>
#include <serval/base/source_location.hpp>

namespace serval {

/// How long a service rests before it starts again: `first`, twice as long each time, at most `last`. After a run that
/// took longer than `last` it begins with `first` again.
struct Backoff {
  /// Before the first restart. Default 100 ms; 0: at once, each time.
  std::chrono::milliseconds first{100};
  /// The longest rest. Default 10 s; 0: as `first`.
  std::chrono::milliseconds last{10'000};
};

/// `{.restart = backoff(100ms, 10s)}`
[[nodiscard]] constexpr Backoff backoff(std::chrono::milliseconds first, std::chrono::milliseconds last) noexcept {
  return {first, last};
}

/// What happens when a repeated function is due while its last run goes on.
enum class Overlap : std::uint8_t {
  skip,  ///< it is not called this time
  wait,  ///< it is called once the run has ended; what becomes due meanwhile is one call
};

/// The options of `App::every`.
struct EveryOptions {
  /// Each call comes later by a random time up to this, so that several programs do not call at once. Default and 0:
  /// none.
  std::chrono::milliseconds jitter{0};
  /// What happens when it is due while its last run goes on. Default: it is not called this time.
  Overlap overlap = Overlap::skip;
  /// How long a run may take; then it is cancelled. Default and 0: no limit.
  std::chrono::milliseconds deadline{0};
  /// Whether it is called at the start too. Default: no; the first call comes after the interval.
  bool run_at_start = false;
};

/// The options of `App::service`.
struct ServiceOptions {
  /// How long it rests before it starts again, after it has ended or thrown. Default: 100 ms, growing up to 10 s.
  Backoff restart{};
  /// How long it may go on after `Stopping` was told; then it is cancelled. Default 5 s; 0: it is cancelled at once.
  std::chrono::milliseconds drain{5'000};
};

namespace detail {

/// One thing that an application has declared, in one struct since their order counts.
struct LifecyclePart {
  enum class Kind : std::uint8_t { start, stop, lifespan, every, service, ready };
  Kind kind;
  SourceLocation where;
  std::unique_ptr<const LifecycleFunction> function{};  // null for a lifespan
  const StateType* state = nullptr;                     // of a lifespan
  std::function<std::shared_ptr<void>()> make{};        // of a lifespan
  std::string name{};                                   // of a service and of a check
  std::chrono::milliseconds interval{0};
  EveryOptions every{};
  ServiceOptions service{};
  ReadyOptions ready{};
};

template <class T, class... As>
std::shared_ptr<void> make_lifespan(const As&... arguments) {
  if constexpr (std::is_constructible_v<T, const As&...>) {
    return std::make_shared<T>(arguments...);
  } else {
    return std::shared_ptr<T>(new T{arguments...});
  }
}

}  // namespace detail

namespace http {

/// The part of an `App` that declares what it does besides answering requests. All functions take `State<T>`,
/// `Stopping` and `Blocking` as arguments, and return nothing or, where they are coroutines, `Task<void>`. None of them
/// is called for `--help`, `--openapi` and the like. To be declared before the application serves.
///
/// Start functions and lifespans come in the order of declaration, before the port is open; those of a mounted
/// application after those of the application around it. At the stop everything goes the other way, once the last
/// request has ended: repeated functions and services, the stop functions, the lifespans. Services are told after half
/// of the time of the stop in any case. Where several servers and test
/// clients serve an application at once, it starts with the first and stops with the last.
class Lifecycle {
 public:
  /// Calls `function` before the port is open: `app.on_start([](State<Database> db) -> Task<void> { co_await
  /// db->migrate(); });`. A coroutine runs on an event loop that start and stop functions share, and that runs only
  /// while one of them does; objects of `PerLoop` on it end after the stop functions. What it throws leaves
  /// `Server::start`, and `App::run` ends with exit code 3; what was started before is stopped.
  template <class F>
  void on_start(F function, SourceLocation where = SourceLocation::current()) {
    add({detail::LifecyclePart::Kind::start, where, detail::make_lifecycle_function(std::move(function))});
  }

  /// Calls `function` after the last answer, as the server has stopped; the one that was declared last comes first.
  /// What it throws is logged. A coroutine is cancelled at the deadline of the stop, but has a second in any case.
  /// Where a start function fails, those that were declared before it are called.
  template <class F>
  void on_stop(F function, SourceLocation where = SourceLocation::current()) {
    add({detail::LifecyclePart::Kind::stop, where, detail::make_lifecycle_function(std::move(function))});
  }

  /// Makes a `T` of copies of `arguments` at the start and destroys it at the stop; all functions get it as `State<T>`:
  /// `app.lifespan<Models>("models.bin");`. Declare it before the start functions that take it.
  /// Of several of one type each has a name, see `State`: `app.lifespan<Models, "small">("small.bin");`.
  /// REQUIRES: a destructor that does not throw. Errors: SetupError for a second object of the type and name.
  template <class T, class... As>
  void lifespan(As... arguments) {
    add_lifespan<T>(detail::state_type<T>, std::move(arguments)...);
  }
  template <class T, detail::Arg Name, class... As>
  void lifespan(As... arguments) {
    add_lifespan<T>(detail::state_type<T, Name>, std::move(arguments)...);
  }

  /// Calls `function` again and again, on an event loop of the server: `app.every(30s, collect, {.jitter = 2s});`. What
  /// it throws is logged. A plain function must not block. Errors: SetupError for an interval of 0 or less.
  template <class F>
  void every(std::chrono::milliseconds interval, F function, EveryOptions options = {},
             SourceLocation where = SourceLocation::current()) {
    detail::LifecyclePart part{detail::LifecyclePart::Kind::every, where,
                               detail::make_lifecycle_function(std::move(function))};
    part.interval = interval;
    part.every = options;
    add(std::move(part));
  }

  /// Runs a coroutine for as long as the server serves, on one of its event loops: `app.service("outbox", relay);` with
  /// `Task<void> relay(State<Queue> queue, Stopping stopping)`. Where it ends or throws before the server stops, that
  /// is logged and it starts again. At the stop `Stopping` is told once the last request has ended; the service that
  /// was declared last ends first.
  template <class F>
  void service(std::string name, F function, ServiceOptions options = {},
               SourceLocation where = SourceLocation::current()) {
    static_assert(detail::TypedLifecycleFunction<F>::is_coroutine,
                  "serval: a service is a coroutine: let it return Task<void>");
    detail::LifecyclePart part{detail::LifecyclePart::Kind::service, where,
                               detail::make_lifecycle_function(std::move(function))};
    part.name = std::move(name);
    part.service = options;
    add(std::move(part));
  }

  /// Adds a check to `App::readiness`: `app.ready("database", ping);` with `Task<void> ping(State<Database>)`. What it
  /// throws says why the application is not ready. A plain function must not block. Errors: SetupError for a name that
  /// another check has.
  template <class F>
  void ready(std::string name, F check, ReadyOptions options = {}, SourceLocation where = SourceLocation::current()) {
    detail::LifecyclePart part{detail::LifecyclePart::Kind::ready, where,
                               detail::make_lifecycle_function(std::move(check))};
    part.name = std::move(name);
    part.ready = options;
    add(std::move(part));
  }

 protected:
  Lifecycle() = default;
  ~Lifecycle() = default;
  virtual void add(detail::LifecyclePart part) = 0;

 private:
  template <class T, class... As>
  void add_lifespan(const detail::StateType& state, As... arguments) {
    static_assert(std::is_nothrow_destructible_v<T>,
                  "serval: the destructor of what has a lifespan may throw, but nothing could catch it when the "
                  "application stops; do what can fail in an on_stop function");
    detail::LifecyclePart part{detail::LifecyclePart::Kind::lifespan, SourceLocation()};
    part.state = &state;
    part.make = [arguments = std::make_tuple(std::move(arguments)...)] {
      return std::apply([](const As&... each) { return detail::make_lifespan<T>(each...); }, arguments);
    };
    add(std::move(part));
  }
};

}  // namespace http

}  // namespace serval
