// SPDX-License-Identifier: MIT
// Types for declaring a model's members: `Field` (rules), `Default` (may be absent), `Nullable` (required, may be
// null). Each behaves like the value that it holds; `value()`, `*` and `->` return it, unless its class has these names
// itself, like std::optional: there `field->name` is a member of the optional's value.
#pragma once

#include <optional>
#include <utility>

#include <serval/schema/holder.hpp>
#include <serval/schema/rules.hpp>

namespace serval {

/// A member with rules: `Field<double, gt(0), schema::description("Net price")> price;`. Required unless `T` is
/// `std::optional` or `Default`.
template <class T, detail::Arg... Args>
class Field : public detail::Holder<T> {
 public:
  constexpr Field() = default;
  template <detail::HolderValue<Field, T> U = detail::Braced<T>>
  constexpr Field(U&& value)
      : detail::Holder<T>(std::in_place, std::forward<U>(value)) {}  // implicit: acts as the value
  constexpr Field(detail::ListFor<T> list) requires detail::TakesList<T> : detail::Holder<T>(std::in_place, list) {}
  template <detail::HolderValue<Field, T> U = detail::Braced<T>>
  constexpr Field& operator=(U&& value) {
    this->held() = std::forward<U>(value);
    return *this;
  }
  constexpr Field& operator=(detail::ListFor<T> list) requires detail::TakesList<T> {
    this->held() = list;
    return *this;
  }
};

/// Writes the value that it holds, for nlohmann's library.
template <class J, class T, detail::Arg... Args>
void to_json(J& out, const Field<T, Args...>& field) {
  out = static_cast<const T&>(field);
}

/// A member that may be absent and then keeps its initialiser: `Default<double> tax = 10.5;`.
template <class T>
class Default : public detail::Holder<T> {
 public:
  constexpr Default() = default;
  template <detail::HolderValue<Default, T> U = detail::Braced<T>>
  constexpr Default(U&& value)
      : detail::Holder<T>(std::in_place, std::forward<U>(value)) {}  // implicit: acts as the value
  constexpr Default(detail::ListFor<T> list) requires detail::TakesList<T> : detail::Holder<T>(std::in_place, list) {}
  template <detail::HolderValue<Default, T> U = detail::Braced<T>>
  constexpr Default& operator=(U&& value) {
    this->held() = std::forward<U>(value);
    set_ = true;
    return *this;
  }
  constexpr Default& operator=(detail::ListFor<T> list) requires detail::TakesList<T> {
    this->held() = list;
    set_ = true;
    return *this;
  }
  /// Whether the value came with the input or was assigned. `exclude_unset` uses this, and also keeps values that
  /// differ from the member's initialiser.
  [[nodiscard]] constexpr bool is_set() const noexcept { return set_; }
  constexpr void mark_set() noexcept { set_ = true; }

 private:
  bool set_ = false;
};

template <class J, class T>
void to_json(J& out, const Default<T>& field) {
  out = static_cast<const T&>(field);
}

/// A required member that may be null.
template <class T>
class Nullable : public std::optional<T> {
 public:
  constexpr Nullable() = default;
  template <detail::HolderValue<Nullable, std::optional<T>> U = detail::Braced<T>>
  constexpr Nullable(U&& value) : std::optional<T>(std::forward<U>(value)) {}  // implicit: acts as the value
  template <detail::HolderValue<Nullable, std::optional<T>> U = detail::Braced<T>>
  constexpr Nullable& operator=(U&& value) {
    std::optional<T>::operator=(std::forward<U>(value));
    return *this;
  }
};

namespace detail {
template <class T>
struct ValueOf<std::optional<T>> : ValueOf<T> {};
template <class T>
struct ValueOf<Nullable<T>> : ValueOf<T> {};
template <class T>
struct ValueOf<Default<T>> : ValueOf<T> {};
template <class T, Arg... Args>
struct ValueOf<Field<T, Args...>> : ValueOf<T> {};
}  // namespace detail

/// Includes the members of another model as if they were declared here: `struct UserIn { Extends<UserBase> base; ...
/// };` reads and writes one flat object. A member of this model with the same name overrides the included one, which
/// keeps its initialiser.
template <class T>
class Extends : public T {
 public:
  constexpr Extends() = default;
  constexpr Extends(T value) : T(std::move(value)) {}  // implicit: acts as the value
};

}  // namespace serval
