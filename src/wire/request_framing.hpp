// SPDX-License-Identifier: MIT
// What the head of a request says about the bytes that follow it, and what becomes of a head or body that
// breaks the rules. Shared by the parser (which finds it) and the connection (which acts on it).
#pragma once

#include <cstdint>
#include <string_view>

namespace serval::detail {

/// Why input is refused: the status of the answer and a sentence for its detail. Status 0: not refused.
struct Refusal {
  int status = 0;
  std::string_view why;  ///< static text

  explicit operator bool() const noexcept { return status != 0; }
};
inline constexpr Refusal too_slow{408, "The request took too long to arrive"};

/// How the message goes on after its head (RFC 9112 section 6), and how the connection does (section 9).
struct RequestFraming {
  enum class Body : std::uint8_t { none, length, chunked };
  Body body = Body::none;
  bool keep_alive = true;         ///< the client lets the connection persist
  bool expects_continue = false;  ///< `Expect: 100-continue`
  bool has_upgrade = false;       ///< there is an `upgrade` field
  std::uint64_t content_length = 0;

  /// Whether bytes of a body are to come.
  [[nodiscard]] bool has_body() const noexcept {
    return body == Body::chunked || (body == Body::length && content_length != 0);
  }
};

}  // namespace serval::detail
