// SPDX-License-Identifier: MIT
// Values that must not show in answers and logs.
#pragma once

#include <string>
#include <utility>

#include <serval/schema/text_type.hpp>
#include <serval/schema/wrapper_type.hpp>

namespace serval {

/// Holds a password, a token or another text that is read but never shown: in an answer and in a `json` it is
/// "**********", it cannot be streamed, and no conversion gives it away but `reveal`. The 422 of a value that its rules
/// refuse repeats the value to who sent it.
template <class T = std::string>
class Secret {
 public:
  Secret() = default;
  explicit Secret(T value) : value_(std::move(value)) {}
  [[nodiscard]] const T& reveal() const noexcept { return value_; }

 private:
  T value_{};
};

namespace detail {
template <class T>
struct ValueOf<Secret<T>> : ValueOf<T> {};

template <class T>
struct WrapperType<Secret<T>> {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type = make_type<T>();
    static_assert(make_type<T>().kind == Kind::string || make_type<T>().kind == Kind::text,
                  "serval: Secret<T> holds a text: std::string or Bytes");
    type.is_secret = true;
    return type;
  }
};
}  // namespace detail

}  // namespace serval
