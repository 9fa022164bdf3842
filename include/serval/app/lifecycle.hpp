// SPDX-License-Identifier: MIT
// Functions that an application runs besides answering requests: before the first one, after the last one, and in
// between.
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

/// The pause before a service starts again: first `first`, then twice as long each time, at most `last`. After a run
/// that took longer than `last`, the next pause is `first` again. Durations are from 0 to 100 years.
struct Backoff {
  /// The pause before the first restart. Default 100 ms; 0: every restart is immediate.
  std::chrono::milliseconds first{100};
  /// The longest pause. Default 10 s; less than `first`: same as `first`.
  std::chrono::milliseconds last{10'000};
};

/// `{.restart = backoff(100ms, 10s)}`
[[nodiscard]] constexpr Backoff backoff(std::chrono::milliseconds first, std::chrono::milliseconds last) noexcept {
  return {first, last};
}

/// What happens if a repeated function is due while its last run has not ended.
enum class Overlap : std::uint8_t {
  skip,  ///< it is not called this time
  wait,  ///< it is called after the run has ended, once for all calls that became due meanwhile
};

/// The options of `App::every`. Durations are from 0 to 100 years. Errors: SetupError if one is out of range.
struct EveryOptions {
  /// Each call is delayed by a random time up to this, so that several programs do not call at the same time. Default
  /// and 0: no delay.
  std::chrono::milliseconds jitter{0};
  /// What happens if it is due while its last run has not ended. Default: it is not called this time.
  Overlap overlap = Overlap::skip;
  /// How long a run may take; then it is cancelled. Default and 0: no limit.
  std::chrono::milliseconds deadline{0};
  /// Whether it is also called at the start. Default: no; the first call comes after the interval.
  bool run_at_start = false;
};

/// The options of `App::service`. Durations are from 0 to 100 years. Errors: SetupError if one is out of range.
struct ServiceOptions {
  /// The pause before it starts again after it has ended or thrown. Default: 100 ms, growing up to 10 s.
  Backoff restart{};
  /// How long it may continue after `Stopping` was set; then it is cancelled. Default 5 s; 0: it is cancelled at once.
  std::chrono::milliseconds drain{5'000};
};

namespace detail {

/// One declaration of an application; one struct for all kinds, since their order counts.
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

/// The part of an `App` that declares functions besides request handlers. All functions may take `State<T>`, `Stopping`
/// and `Blocking` as arguments, and return nothing or, if they are coroutines, `Task<void>`. None of them is called for
/// `--help`, `--openapi` and similar options. Declare them before the application serves.
///
/// Start functions and lifespans run in the order of declaration, before the port opens; those of a mounted application
/// run after those of the application around it. At the stop, after the last request has ended, they end in reverse
/// order: repeated functions and services, then the stop functions, then the lifespans. Services are told to stop after
/// half of the time of the stop at the latest. If several servers and test clients serve an application at once, it
/// starts with the first and stops with the last.
class Lifecycle {
 public:
  /// Calls `function` before the port opens: `app.on_start([](State<Database> db) -> Task<void> { co_await
  /// db->migrate(); });`. A coroutine runs on an event loop that start and stop functions share and that runs only
  /// while one of them runs; objects of `PerLoop` on it are destroyed after the stop functions. `Server::start` throws
  /// its exception, and `App::run` ends with exit code 3; what was started before is stopped.
  template <class F>
  void on_start(F function, SourceLocation where = SourceLocation::current()) {
    add({.kind = detail::LifecyclePart::Kind::start,
         .where = where,
         .function = detail::make_lifecycle_function(std::move(function))});
  }

  /// Calls `function` after the last response, when the server has stopped; the one that was declared last is called
  /// first. Exceptions are logged. A coroutine is cancelled at the deadline of the stop, but always has at least one
  /// second. If a start function fails, the stop functions that were declared before it are called.
  template <class F>
  void on_stop(F function, SourceLocation where = SourceLocation::current()) {
    add({.kind = detail::LifecyclePart::Kind::stop,
         .where = where,
         .function = detail::make_lifecycle_function(std::move(function))});
  }

  /// Creates a `T` from copies of `arguments` at the start and destroys it at the stop; all functions get it as
  /// `State<T>`: `app.lifespan<Models>("models.bin");`. Declare it before the start functions that take it. Several
  /// objects of one type need names, see `State`: `app.lifespan<Models, "small">("small.bin");`.
  /// REQUIRES: a destructor that does not throw. Errors: SetupError for a second object of the type and name.
  template <class T, class... As>
  void lifespan(As... arguments) {
    add_lifespan<T>(detail::state_type<T>, std::move(arguments)...);
  }
  template <class T, detail::Arg Name, class... As>
  void lifespan(As... arguments) {
    add_lifespan<T>(detail::state_type<T, Name>, std::move(arguments)...);
  }

  /// Calls `function` repeatedly on an event loop of the server: `app.every(30s, collect, {.jitter = 2s});`. Exceptions
  /// are logged. A plain function must not block. Errors: SetupError for an interval of 0 or less.
  template <class F>
  void every(std::chrono::milliseconds interval, F function, EveryOptions options = {},
             SourceLocation where = SourceLocation::current()) {
    detail::LifecyclePart part{.kind = detail::LifecyclePart::Kind::every,
                               .where = where,
                               .function = detail::make_lifecycle_function(std::move(function))};
    part.interval = interval;
    part.every = options;
    add(std::move(part));
  }

  /// Runs a coroutine for as long as the server serves, on one of its event loops: `app.service("outbox", relay);` with
  /// `Task<void> relay(State<Queue> queue, Stopping stopping)`. If it ends or throws before the server stops, that is
  /// logged and it starts again. At the stop, its `Stopping` is set after the last request has ended; the service that
  /// was declared last ends first.
  template <class F>
  void service(std::string name, F function, ServiceOptions options = {},
               SourceLocation where = SourceLocation::current()) {
    static_assert(detail::TypedLifecycleFunction<F>::is_coroutine,
                  "serval: a service is a coroutine: let it return Task<void>");
    detail::LifecyclePart part{.kind = detail::LifecyclePart::Kind::service,
                               .where = where,
                               .function = detail::make_lifecycle_function(std::move(function))};
    part.name = std::move(name);
    part.service = options;
    add(std::move(part));
  }

  /// Adds a check to `App::readiness`: `app.ready("database", ping);` with `Task<void> ping(State<Database>)`. If it
  /// throws, the application is not ready, and the exception gives the reason. A plain function must not block. Errors:
  /// SetupError for a name that another check has.
  template <class F>
  void ready(std::string name, F check, ReadyOptions options = {}, SourceLocation where = SourceLocation::current()) {
    detail::LifecyclePart part{.kind = detail::LifecyclePart::Kind::ready,
                               .where = where,
                               .function = detail::make_lifecycle_function(std::move(check))};
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
    static_assert(
        std::is_nothrow_destructible_v<T>,
        "serval: the destructor of a lifespan object must be noexcept, since nothing can catch its exception when "
        "the application stops; move work that can fail into an on_stop function");
    detail::LifecyclePart part{.kind = detail::LifecyclePart::Kind::lifespan, .where = SourceLocation()};
    part.state = &state;
    part.make = [arguments = std::make_tuple(std::move(arguments)...)] {
      return std::apply([](const As&... each) { return detail::make_lifespan<T>(each...); }, arguments);
    };
    add(std::move(part));
  }
};

}  // namespace http

}  // namespace serval
