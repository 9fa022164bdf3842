// SPDX-License-Identifier: MIT
// The member by which the alternatives of a variant are told apart: asked when rules are checked, when a value is
// decoded and when its schema is written.
#pragma once

#include <string_view>

#include <serval/schema/type.hpp>

namespace serval::detail {

/// The `Literal` member of that wire name in an alternative of a variant; null when it has none.
[[nodiscard]] const Type* find_tag(const Type& alternative, std::string_view discriminator) noexcept;

/// The discriminator that a value's rules name, those of its `Field` or those of a parameter; empty for none.
[[nodiscard]] std::string_view discriminator_of(const Type& type, const Rules* rules) noexcept;

}  // namespace serval::detail
