// SPDX-License-Identifier: MIT
// The media type with which a route sends the values that its handler returns.
#pragma once

#include <string_view>

#include <serval/schema/type.hpp>

namespace serval {

/// See `response_class`.
struct ResponseClass {
  std::string_view media_type{};  ///< a constant, "text/html"; empty: not set
};

/// The class of response that a route makes of texts and values: `{.response_class = response_class<HtmlResponse>}`.
/// With a media type that is not JSON, texts that the handler returns are sent as they are, not escaped, and other
/// values remain JSON. With one that is JSON, such as "application/hal+json", all values are sent as that. `Class` is
/// `HtmlResponse`, `PlainTextResponse`, `JsonResponse` or your own class with a static `media_type`. Responses that the
/// handler makes itself keep their own type.
template <class Class>
inline constexpr ResponseClass response_class{Class::media_type};

}  // namespace serval

namespace serval::detail {

inline constexpr std::string_view json_media_type = "application/json";

/// The media type of a value of this type; null: of a handler that returns nothing. It is not JSON only for texts and
/// for nothing. `response_class` may be empty.
[[nodiscard]] std::string_view media_type_for(std::string_view response_class, const Type* type) noexcept;

}  // namespace serval::detail
