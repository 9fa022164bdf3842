// SPDX-License-Identifier: MIT
// Scalar types and rules as keywords of JSON Schema. json_schema.hpp handles composed types.
#pragma once

#include <string>
#include <string_view>

#include <serval/json/json.hpp>
#include <serval/schema/type.hpp>

namespace serval::detail {

/// "item_id" -> "Item Id", "x-token" -> "X-Token", "itemQuery" -> "Itemquery", as Python's str.title().
[[nodiscard]] std::string title_of(std::string_view name);

/// A default, an example or a bound as a JSON value for values of `type`; null for none. Errors:
/// `std::invalid_argument` for a text that is not JSON, and for an infinity or NaN; `std::domain_error` for an
/// enumerator without a name.
[[nodiscard]] json json_of(const RuleValue& value, const Type& type);

/// "type" and "format". REQUIRES: a scalar that is neither enumeration nor literal.
[[nodiscard]] json scalar_schema(Kind kind);
[[nodiscard]] json enumeration_schema(const Type& type);
[[nodiscard]] json literal_schema(const Type& type);

/// Adds bounds, lengths, pattern.
void constrain(json& schema, const Type& type, const Rules& rules);

/// Adds title, description, examples, deprecated and default.
void annotate(json& schema, const Type& type, const Rules& rules);

/// The rules that `constrain` reads, and the discriminator: those that belong to `T` if `std::optional<T>` has rules.
[[nodiscard]] Rules constraints_of(const Rules& rules);

}  // namespace serval::detail
