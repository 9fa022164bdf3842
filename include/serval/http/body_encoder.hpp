// SPDX-License-Identifier: MIT
// Encodes the bytes of a body before they are sent, like a content coding (RFC 9110 section 8.4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace serval::http {

/// One body, at once or piece by piece. Thread safety: none.
/// Errors: only `std::bad_alloc`, also if a library reports a failure without a reason.
class BodyEncoder {
 public:
  /// The requirement on the output so far: none yet; it can be decoded up to here; it is the whole body.
  enum class Until : std::uint8_t { more, flush, end };

  BodyEncoder() = default;
  BodyEncoder(const BodyEncoder&) = delete;
  BodyEncoder& operator=(const BodyEncoder&) = delete;
  virtual ~BodyEncoder() = default;
  /// Encodes the next bytes and appends the result. Must not be called after `end`.
  virtual void encode(std::string_view bytes, Until until, std::string& out) = 0;
};

}  // namespace serval::http
