// SPDX-License-Identifier: MIT
// The member that distinguishes the alternatives of a variant: used when rules are checked, when a value is decoded and
// when its schema is written.
#pragma once

#include <string_view>

#include <serval/schema/type.hpp>

namespace serval::detail {

/// The `Literal` member with that wire name in an alternative of a variant; null if it has none.
[[nodiscard]] const Type* find_tag(const Type& alternative, std::string_view discriminator) noexcept;

/// The discriminator in a value's rules, of its `Field` or of a parameter; empty for none.
[[nodiscard]] std::string_view discriminator_of(const Type& type, const Rules* rules) noexcept;

}  // namespace serval::detail
