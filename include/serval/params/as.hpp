// SPDX-License-Identifier: MIT
// An answer shown as another model than the one that the handler has.
#pragma once

#include <concepts>
#include <type_traits>

#include <serval/schema/codec.hpp>

namespace serval {

namespace detail {
/// Errors: `std::runtime_error` that says what of `to` is not there or does not fit.
void show_as(const Type& from, const void* value, const Type& to, void* out);
}  // namespace detail

/// A handler's value with the members of `T` alone: what FastAPI calls a response model.
/// ```
/// app.post("/users")([](UserIn user) -> As<UserOut> { return user; });  // without the password
/// ```
/// Made of any model, list or `json`: members are found by their names in answers, else by those in C++; further ones
/// are left out, also where `T` forbids them. What has a type was checked where it came from and is taken over as it
/// is, infinities, secrets and what counts as unset included; a `json` is held to the rules of `T`. Also within others:
/// `Task<As<User>>`, `Result<As<User>>`, `As<std::vector<User>>`.
/// Cost: each member is copied, most through its text. Errors: a member of `T` that is missing or does not fit is a
/// `std::runtime_error`, so a 500, as it is the program's fault.
template <class T>
class As {
 public:
  template <class U>
  requires(!std::same_as<U, As>) As(const U& value) {  // implicit: `return user;`
    if constexpr (std::same_as<U, T>) {
      value_ = value;
    } else {
      detail::show_as(detail::type_of<U>, &value, detail::type_of<T>, &value_);
    }
  }
  [[nodiscard]] const T& operator*() const noexcept { return value_; }
  [[nodiscard]] const T* operator->() const noexcept { return &value_; }

 private:
  T value_{};  // alone, so that the codec may treat the whole as a `T`
};

namespace detail {

template <class T>
struct WrapperType<As<T>> {
  static constexpr bool known = true;
  static constexpr Type make() { return make_type<T>(); }
};

}  // namespace detail
}  // namespace serval
