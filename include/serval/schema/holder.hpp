// SPDX-License-Identifier: MIT
// The base of `Field`, `Default` and parameters: a value with additional properties that can be used like the value.
#pragma once

#include <concepts>
#include <exception>
#include <initializer_list>
#include <memory>
#include <type_traits>
#include <utility>

namespace serval {

namespace detail {

/// Converts to anything; reflection uses it to count the members of an aggregate. Never called.
struct AnyMember {
  template <class T>
  [[noreturn]] operator T() const {
    std::terminate();
  }
};

/// The names that a holder adds to the class from which it derives, unless the class already has that name: a member of
/// any kind, or a free `operator*`. The name then keeps its meaning. `->` is also not added to a class with a unary
/// `*`: `field->x` is always `(*field).x`.
struct HeldNames {
  void value();
  void operator*();
  HeldNames* operator->();
};
template <class T>
struct NamesOfBoth : T, HeldNames {};  // names that both have are ambiguous
template <class T>
concept HasNoValue = requires {
  &NamesOfBoth<T>::value;
};
template <class T>
concept HasNoStar = requires {
  &NamesOfBoth<T>::operator*;
}
&&!requires(const T& value) { *value; };
template <class T>
concept HasNoArrow = requires {
  &NamesOfBoth<T>::operator->;
}
&&!requires(T & value) { *value; };

/// Holds a `T` and can be used as one: derives from class types, converts to the others. The value is at offset 0,
/// so that the codec may treat the holder as the value.
template <class T, bool = std::is_class_v<T> && !std::is_final_v<T>>
class Holder;

template <class T, bool = HasNoValue<T>>
struct ValueMember {};
template <class T>
struct ValueMember<T, true> {
  [[nodiscard]] constexpr const T& value() const noexcept { return static_cast<const Holder<T>&>(*this); }
  [[nodiscard]] constexpr T& value() noexcept { return static_cast<Holder<T>&>(*this); }
};
template <class T, bool = HasNoStar<T>>
struct StarMember {};
template <class T>
struct StarMember<T, true> {
  [[nodiscard]] constexpr const T& operator*() const noexcept { return static_cast<const Holder<T>&>(*this); }
  [[nodiscard]] constexpr T& operator*() noexcept { return static_cast<Holder<T>&>(*this); }
};

template <class T, bool = HasNoArrow<T>>
struct ArrowMember {};
template <class T>
struct ArrowMember<T, true> {
  [[nodiscard]] constexpr const T* operator->() const noexcept {
    return std::addressof(static_cast<const T&>(static_cast<const Holder<T>&>(*this)));
  }
  [[nodiscard]] constexpr T* operator->() noexcept {
    return std::addressof(static_cast<T&>(static_cast<Holder<T>&>(*this)));
  }
};

template <class T, bool>
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
  [[nodiscard]] constexpr const T* operator->() const noexcept requires std::is_class_v<T> {
    return std::addressof(value_);
  }
  [[nodiscard]] constexpr T* operator->() noexcept requires std::is_class_v<T> { return std::addressof(value_); }

 protected:
  constexpr T& held() noexcept { return value_; }

 private:
  T value_{};
};

template <class T>
class Holder<T, true> : public T, public ValueMember<T>, public StarMember<T>, public ArrowMember<T> {
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

// A class that interprets braces in its own way: nlohmann's values read `{{"a", 1}}` as an object, but a list of values
// as a list. The name is nlohmann's.
template <class T>
concept OwnBraces = requires {
  typename T::initializer_list_t;
};

/// The standard containers except strings. It tests only names, so that the elements need not be complete.
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
/// The braced list of elements that a holder of a container accepts like the container.
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
/// The type of one value in braces, `{{1, 2}}` for a `Field<Point>`.
template <class T>
using Braced = typename BracedValue<T>::Type;

}  // namespace detail

}  // namespace serval
