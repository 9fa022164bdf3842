// SPDX-License-Identifier: MIT
// How the bytes after a request's head are framed, and why a head or body is refused. The scanner, the parser and the
// body decoder find that out, and the connection acts on it.
#pragma once

#include <cstdint>
#include <string_view>

namespace serval::detail {

/// Why input is refused: the status of the response and a sentence for its detail. Status 0: not refused.
struct Refusal {
  int status = 0;
  std::string_view why;  ///< static text

  explicit operator bool() const noexcept { return status != 0; }
};
inline constexpr Refusal too_slow{408, "The request took too long to arrive"};

/// How the message continues after its head (RFC 9112 section 6), and whether the connection persists (section 9).
struct RequestFraming {
  enum class Body : std::uint8_t { none, length, chunked };
  Body body = Body::none;
  bool keep_alive = true;         ///< the client allows the connection to persist
  bool expects_continue = false;  ///< `Expect: 100-continue`
  bool has_upgrade = false;       ///< there is an `upgrade` field
  std::uint64_t content_length = 0;

  /// Returns whether bytes of a body follow the head.
  [[nodiscard]] bool has_body() const noexcept {
    return body == Body::chunked || (body == Body::length && content_length != 0);
  }
};

}  // namespace serval::detail
