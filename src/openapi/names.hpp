// SPDX-License-Identifier: MIT
// How operations are called, and what becomes of texts that programmers wrote for them.
#pragma once

#include <string>
#include <string_view>

#include <serval/http/method.hpp>

namespace serval::openapi {

/// "get", "post": as path items have it; empty for a method that OpenAPI has no place for.
[[nodiscard]] std::string_view method_key(http::Method method) noexcept;

/// Of a handler with a name: "read_item" of GET /items/{item_id} -> "read_item_items__item_id__get". Each character
/// that cannot be part of a word becomes '_'.
[[nodiscard]] std::string operation_id_of(std::string_view name, std::string_view path, http::Method method);

/// Of a handler without one: GET /items/{item_id} -> "get_items_by_item_id", GET / -> "get_root".
[[nodiscard]] std::string name_of_unnamed(std::string_view path, http::Method method);

/// A description as it was meant: without the indentation that a raw string has in its source, up to the first form
/// feed, without white space around it.
[[nodiscard]] std::string clean_text(std::string_view text);

}  // namespace serval::openapi
