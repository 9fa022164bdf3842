// SPDX-License-Identifier: MIT
// A response that is shown as another model than the handler's value.
#pragma once

#include <concepts>
#include <type_traits>

#include <serval/schema/codec.hpp>

namespace serval {

namespace detail {
/// Errors: `std::runtime_error` that names the part of `to` that is missing or does not fit.
void show_as(const Type& from, const void* value, const Type& to, void* out);
}  // namespace detail

/// A handler's value with only the members of `T`; FastAPI calls this a response model.
/// ```
/// app.post("/users")([](UserIn user) -> As<UserOut> { return user; });  // without the password
/// ```
/// Made from any model, list or `json`: members are found by their names in responses, otherwise by their C++ names;
/// additional members are left out, even if `T` forbids them. A typed value was validated where it was read and is
/// copied unchanged, including infinities, secrets and the unset state; a `json` must meet the rules of `T`. It also
/// works inside other types: `Task<As<User>>`, `Result<As<User>>`, `As<std::vector<User>>`. Cost: each member is
/// copied, mostly through its text.
/// Errors: `std::runtime_error` for a member of `T` that is missing or does not fit, so a 500, since it is a mistake in
/// the program.
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
  T value_{};  // the only member, so that the codec may treat the whole as a `T`
};

namespace detail {

template <class T>
struct WrapperType<As<T>> {
  static constexpr bool known = true;
  static constexpr Type make() { return make_type<T>(); }
};

}  // namespace detail
}  // namespace serval
