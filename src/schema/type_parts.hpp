// SPDX-License-Identifier: MIT
// What is left of a type behind its wrappers.
#pragma once

#include <serval/schema/type.hpp>

namespace serval::detail {

[[nodiscard]] inline const Type& without_optional(const Type& type) noexcept {
  return type.kind == Kind::optional ? *type.element : type;
}

/// Of which a value is read: of optionals and lists what is in them.
[[nodiscard]] inline const Type& leaf_of(const Type& declared) noexcept {
  const Type& type = without_optional(declared);
  return type.kind == Kind::list || type.kind == Kind::set ? without_optional(*type.element) : type;
}

}  // namespace serval::detail
