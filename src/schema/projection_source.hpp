// SPDX-License-Identifier: MIT
// The source of a projection (projection.hpp): access to the parts of a value of any type, including `json`.
#pragma once

#include <functional>
#include <string_view>

#include <serval/json/json.hpp>
#include <serval/schema/type.hpp>

namespace serval::detail::source {

using UseValue = std::function<void(const Type& type, const void* value)>;
using UseEntry = std::function<void(std::string_view key, const Type& type, const void* mapped)>;
using UseMember = std::function<void(const Type& type, const void* value, bool is_set)>;

[[nodiscard]] bool is_json(const Type& from) noexcept;

/// Whether the value wraps another one: an optional that is not empty, a variant, a type with another wire type, one
/// that converts itself to JSON.
[[nodiscard]] bool is_carried(const Type& from, const void* value);
/// Calls back with the wrapped value. REQUIRES: `is_carried`.
void open(const Type& from, const void* value, const UseValue& use);

/// Whether members can be looked up in the value: in a model, a map or an object.
[[nodiscard]] bool has_members(const Type& from, const void* value);
/// Calls back with the member that responses show under the name of `wanted`, if there is one.
void with_member(const Type& from, const void* value, const Member& wanted, const UseMember& use);

[[nodiscard]] bool has_items(const Type& from, const void* value);
[[nodiscard]] std::size_t item_count(const Type& from, const void* value);
void each_item(const Type& from, const void* value, const UseValue& use);

[[nodiscard]] bool has_entries(const Type& from, const void* value);
/// Calls back with each entry and its key as text.
void each_entry(const Type& from, const void* value, const UseEntry& use);

}  // namespace serval::detail::source
