// SPDX-License-Identifier: MIT
// The descriptor of serval's own classes that are texts on the wire: Decimal, Email, Url, IP addresses, bytes.
#pragma once

#include <serval/schema/type.hpp>

namespace serval::detail {

/// The part of the descriptor that a template argument decides: partial specialisations, cheaper than tests in a row.
template <class T>
struct WrapperType {
  static constexpr bool known = false;
};

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

}  // namespace serval::detail
