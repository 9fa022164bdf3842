// SPDX-License-Identifier: MIT
// Decides from a response and its request whether a body follows, which length the head shows, and whether the
// connection ends. The same for every version of HTTP.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <serval/http/response.hpp>

namespace serval::detail {

/// The form of a response, whatever the handler has set in its fields.
struct AnswerForm {
  /// Whether bytes of a body follow the head. A response to HEAD and a response with 1xx, 204, 205 or 304 have no body
  /// (RFC 9110 section 6.4.1).
  bool has_body = false;
  /// The value for `content-length`; nothing if the head shows no length (RFC 9110 section 8.6).
  std::optional<std::uint64_t> content_length{};
  /// Whether the handler has set `connection: close`.
  bool asks_to_close = false;
};

/// Whether the length of a body is known before it is sent.
enum class BodyKind : std::uint8_t {
  whole,     ///< the body or the file of the response
  streamed,  ///< the parts follow as the handler makes them
};

[[nodiscard]] AnswerForm form_of(const Response& response, bool to_head, BodyKind body) noexcept;

/// Whether only the connection sets a field, since it is about the connection or the framing and not about the response
/// (RFC 9110 section 7.6.1).
[[nodiscard]] bool belongs_to_connection(std::string_view name) noexcept;

}  // namespace serval::detail
