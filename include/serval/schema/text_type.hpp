// SPDX-License-Identifier: MIT
// The descriptor of serval's own classes that are texts on the wire: Decimal, Email, Url, IP addresses, bytes.
#pragma once

#include <serval/schema/type.hpp>
#include <serval/types/text_ops_of.hpp>

namespace serval::detail {

template <const TextOps* Ops>
struct TextType {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type;
    type.kind = Kind::text;
    type.ops.text = Ops;
    return type;
  }
};
template <>
struct TextType<nullptr> {
  static constexpr bool known = false;
};

/// The part of the descriptor that depends on a template argument: partial specialisations compile faster than a chain
/// of tests.
template <class T>
struct WrapperType : TextType<text_ops_of<T>> {};

}  // namespace serval::detail
