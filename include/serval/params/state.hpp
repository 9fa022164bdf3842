// SPDX-License-Identifier: MIT
// `State<T>`: an object of the application's as a handler's argument. `app.provide(Store{})` gives it.
#pragma once

#include <optional>
#include <type_traits>

#include <serval/params/spec.hpp>
#include <serval/schema/reflect.hpp>

namespace serval {

/// The application's `T`: a database, a cache, settings. All handlers that ask for it get the same object.
/// ```
/// app.provide(Store{});
/// app.get("/items")([](State<Store> store) { return store->items(); });
/// ```
/// Errors: without `provide` of exactly that type, `SetupError` when the application starts to serve.
/// Lifetime: the application's. Thread safety: handlers run in several threads at once, so that of `T` counts.
template <class T>
class State {
  static_assert(!std::is_const_v<T> && !std::is_reference_v<T>,
                "serval: State<T> takes the type that was provided, without const and reference");

 public:
  explicit State(T& object) noexcept : object_(&object) {}
  [[nodiscard]] T& operator*() const noexcept { return *object_; }
  [[nodiscard]] T* operator->() const noexcept { return object_; }
  [[nodiscard]] T& get() const noexcept { return *object_; }

 private:
  T* object_;
};

template <class J, class T>
void to_json(J& out, const State<T>& state) {
  out = *state;
}

namespace detail {

template <class T>
void assign_state(void* slot, void* object) {
  static_cast<std::optional<State<T>>*>(slot)->emplace(*static_cast<T*>(object));
}

template <class T>
inline constexpr StateType state_type{&typeid(T), full_type_name<T>(), &assign_state<T>};

}  // namespace detail
}  // namespace serval
