// SPDX-License-Identifier: MIT
// `State<T>`: an object of the application as a handler's argument, added by `app.provide(Store{})`. Several objects of
// one type need names: `State<Database, "replica">`.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/params/spec.hpp>
#include <serval/schema/arg.hpp>
#include <serval/schema/reflect.hpp>

namespace serval {

namespace detail {

template <std::size_t N>
constexpr bool is_state_name(const Arg<N>& name) {
  return name.kind == ArgKind::name && N > 1;
}

constexpr std::string_view state_name() { return {}; }
template <std::size_t N>
constexpr std::string_view state_name(const Arg<N>& name) {
  return name.text;
}

/// A middleware that arguments of handlers need: `app.use` also provides it.
template <class T>
concept ProvidedByUse = T::is_provided;

/// The object that a program provides by value; moves from it.
template <class T>
std::shared_ptr<T> shared_object(T& object) {
  static_assert(std::is_move_constructible_v<T>,
                "serval: this object cannot be moved, for example because it has a mutex; write "
                "app.provide(std::make_shared<T>(...))");
  return std::make_shared<T>(std::move(object));
}

/// The name in static storage.
template <Arg... Name>
inline constexpr std::string_view state_name_of = state_name(Name...);

}  // namespace detail

/// The application's `T`: a database, a cache, settings. All handlers that take it get the same object.
/// ```
/// app.provide(Store{});
/// app.get("/items")([](State<Store> store) { return store->items(); });
/// ```
/// If it has several of one type, `Name` selects one: `app.provide<"replica">(Database{...})` provides
/// `State<Database, "replica">`. Without `Name` it is the object that was provided without a name.
/// Errors: without `provide` of exactly that type and name, `SetupError` when the application starts to serve.
/// Lifetime: the application's. Thread safety: handlers run in several threads at once, so `T` must be thread-safe or
/// guarded.
template <class T, detail::Arg... Name>
class State {
  static_assert(!std::is_const_v<T> && !std::is_reference_v<T>,
                "serval: State<T> takes the type that was provided, without const and reference");
  static_assert(sizeof...(Name) <= 1, "serval: State takes a type and at most one name: State<T, \"name\">");
  static_assert((detail::is_state_name(Name) && ...),
                "serval: State<T, \"name\"> takes a name that is not empty, and no rules");

 public:
  explicit State(T& object) noexcept : object_(&object) {}
  [[nodiscard]] T& operator*() const noexcept { return *object_; }
  [[nodiscard]] T* operator->() const noexcept { return object_; }
  [[nodiscard]] T& get() const noexcept { return *object_; }

 private:
  T* object_;
};

template <class J, class T, detail::Arg... Name>
void to_json(J& out, const State<T, Name...>& state) {
  out = *state;
}

namespace detail {

template <class T, Arg... Name>
void assign_state(void* slot, void* object) {
  static_cast<std::optional<State<T, Name...>>*>(slot)->emplace(*static_cast<T*>(object));
}

template <class T, Arg... Name>
inline constexpr StateType state_type{.type = &typeid(T),
                                      .name = full_type_name<T>(),
                                      .object_name = state_name_of<Name...>,
                                      .assign = &assign_state<T, Name...>,
                                      .is_middleware = ProvidedByUse<T>};

}  // namespace detail
}  // namespace serval
