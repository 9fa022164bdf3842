// SPDX-License-Identifier: MIT
// Names of operations, and the cleaning of descriptions.
#pragma once

#include <string>
#include <string_view>

#include <serval/http/method.hpp>

namespace serval::openapi {

/// "get", "post": the key in path items; empty for a method that OpenAPI does not support.
[[nodiscard]] std::string_view method_key(http::Method method) noexcept;

/// The id for a handler with a name: "read_item" of GET /items/{item_id} -> "read_item_items__item_id__get". Each
/// character that cannot be part of a word becomes '_'.
[[nodiscard]] std::string operation_id_of(std::string_view name, std::string_view path, http::Method method);

/// The name for a handler without one: GET /items/{item_id} -> "get_items_by_item_id", GET / -> "get_root".
[[nodiscard]] std::string name_of_unnamed(std::string_view path, http::Method method);

/// The cleaned description: without the indentation of a raw string, up to the first form feed, without white space
/// around it.
[[nodiscard]] std::string clean_text(std::string_view text);

}  // namespace serval::openapi
