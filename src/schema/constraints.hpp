// SPDX-License-Identifier: MIT
// Rules checked on a converted value: bounds, lengths, patterns. The first failure is reported, in Pydantic's order.
#pragma once

#include <cstddef>
#include <string_view>

#include <serval/schema/type.hpp>

#include "types/fault.hpp"

namespace serval::detail {

/// Bounds, lengths and pattern of a scalar. REQUIRES: `is_scalar(type.kind)`.
bool check_scalar(const Type& type, const Rules& rules, const void* value, Fault& fault);

/// Length rules of a list, set or map of `count` items.
bool check_max_items(const Type& type, const Rules& rules, std::size_t count, Fault& fault);
bool check_min_items(const Type& type, const Rules& rules, std::size_t count, Fault& fault);

/// The rules of a `Field`, overridden by those of a parameter.
[[nodiscard]] Rules merge_rules(const Rules& field, const Rules& parameter);

/// The fault of a sequence that has fewer than `min` items.
[[nodiscard]] Fault fault_too_short(std::string_view field_type, std::size_t min, std::size_t actual);
[[nodiscard]] Fault fault_too_long(std::string_view field_type, std::size_t max, std::size_t actual);

}  // namespace serval::detail
