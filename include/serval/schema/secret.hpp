// SPDX-License-Identifier: MIT
// The descriptor of values that must not be visible in responses and logs.
#pragma once

#include <serval/schema/wrapper_type.hpp>
#include <serval/types/secret.hpp>

namespace serval::detail {
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
}  // namespace serval::detail
