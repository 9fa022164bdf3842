// SPDX-License-Identifier: MIT
// The type inside the wrappers of a declared type.
#pragma once

#include <serval/schema/type.hpp>

namespace serval::detail {

[[nodiscard]] inline const Type& without_optional(const Type& type) noexcept {
  return type.kind == Kind::optional ? *type.element : type;
}

/// The type from which a value is read: for optionals and lists, the inner type.
[[nodiscard]] inline const Type& leaf_of(const Type& declared) noexcept {
  const Type& type = without_optional(declared);
  return type.kind == Kind::list || type.kind == Kind::set ? without_optional(*type.element) : type;
}

}  // namespace serval::detail
