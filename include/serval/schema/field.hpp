// SPDX-License-Identifier: MIT
// The words a model's members are declared with: `Field` (rules), `Default` (may be absent), `Nullable`
// (required, may be null). Each behaves as the value it holds.
#pragma once

#include <concepts>
#include <exception>
#include <initializer_list>
#include <optional>
#include <type_traits>
#include <utility>

#include <serval/schema/rules.hpp>

namespace serval {

namespace detail {

/// Converts to anything; how reflection counts the members of an aggregate. Never called.
struct AnyMember {
  template <class T>
  [[noreturn]] operator T() const {
    std::terminate();
  }
};

/// Holds a `T` and can be used as one: derives from class types, converts to the others. The value is at offset 0,
/// so that the codec may treat the holder as the value.
template <class T, bool = std::is_class_v<T> && !std::is_final_v<T>>
class Holder {
 public:
  using Value = T;
  constexpr Holder() = default;
  template <class U>
  constexpr explicit Holder(std::in_place_t, U&& value) : value_(static_cast<T>(std::forward<U>(value))) {}
  constexpr operator const T&() const noexcept { return value_; }
  constexpr operator T&() noexcept { return value_; }
  [[nodiscard]] constexpr const T& value() const noexcept { return value_; }
  [[nodiscard]] constexpr T& value() noexcept { return value_; }
  [[nodiscard]] constexpr const T& operator*() const noexcept { return value_; }
  [[nodiscard]] constexpr T& operator*() noexcept { return value_; }

 protected:
  constexpr T& held() noexcept { return value_; }

 private:
  T value_{};
};

template <class T>
class Holder<T, true> : public T {
 public:
  using Value = T;
  constexpr Holder() = default;
  template <class U>
  constexpr explicit Holder(std::in_place_t, U&& value) : T(std::forward<U>(value)) {}

 protected:
  constexpr T& held() noexcept { return *this; }
};

/// What a holder of `T` may be made of or assigned from: what a `T` may be, but neither the holder itself nor the
/// probe of reflection, which must find the plain conversion.
template <class U, class Self, class T>
concept HolderValue = !std::same_as<std::remove_cvref_t<U>, Self> && !std::same_as<std::remove_cvref_t<U>, AnyMember> &&
                      std::convertible_to<U, T> && std::is_assignable_v<T&, U>;

// A class that makes of braces what a holder would not guess: nlohmann's values read `{{"a", 1}}` as an object, but a
// list of values as a list. The name is nlohmann's.
template <class T>
concept OwnBraces = requires {
  typename T::initializer_list_t;
};

/// The standard containers but the strings. By names alone, so that the elements need not be complete.
template <class T>
concept TakesList = requires {
  typename T::value_type;
  typename T::allocator_type;
}
&&!OwnBraces<T> && !requires { typename T::traits_type; };

struct NoElement {
  NoElement() = delete;
};
template <class T>
struct ElementOf {
  using Type = NoElement;
};
template <TakesList T>
struct ElementOf<T> {
  using Type = typename T::value_type;
};
/// The braced list of elements that a holder of a container takes as the container does.
template <class T>
using ListFor = std::initializer_list<typename ElementOf<T>::Type>;

template <class T>
struct BracedValue {
  using Type = T;
};
template <OwnBraces T>
struct BracedValue<T> {
  using Type = void;  // no HolderValue
};
/// What one value in braces stands for, `{{1, 2}}` of a `Field<Point>`.
template <class T>
using Braced = typename BracedValue<T>::Type;

}  // namespace detail

/// A member with rules: `Field<double, gt(0), description("Net price")> price;`. Required unless `T` is
/// `std::optional` or `Default`.
template <class T, Arg... Args>
class Field : public detail::Holder<T> {
 public:
  constexpr Field() = default;
  template <detail::HolderValue<Field, T> U = detail::Braced<T>>
  constexpr Field(U&& value)
      : detail::Holder<T>(std::in_place, std::forward<U>(value)) {}  // implicit: stands for the value
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

/// Written as the value it holds, for nlohmann's values.
template <class J, class T, Arg... Args>
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
      : detail::Holder<T>(std::in_place, std::forward<U>(value)) {}  // implicit: stands for the value
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
  /// Whether the value came with the input or was assigned (what `exclude_unset` looks at).
  [[nodiscard]] constexpr bool is_set() const noexcept { return set_; }
  constexpr void mark_set() noexcept { set_ = true; }

 private:
  bool set_ = false;
};

template <class J, class T>
void to_json(J& out, const Default<T>& field) {
  out = static_cast<const T&>(field);
}

/// A member that must be given and may be null.
template <class T>
class Nullable : public std::optional<T> {
 public:
  constexpr Nullable() = default;
  template <detail::HolderValue<Nullable, std::optional<T>> U = detail::Braced<T>>
  constexpr Nullable(U&& value) : std::optional<T>(std::forward<U>(value)) {}  // implicit: stands for the value
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

/// Takes over the members of another model as if they stood here: `struct UserIn { Extends<UserBase> base; ... };`
/// reads and writes one flat object.
template <class T>
class Extends : public T {
 public:
  constexpr Extends() = default;
  constexpr Extends(T value) : T(std::move(value)) {}  // implicit: stands for the value
};

}  // namespace serval
