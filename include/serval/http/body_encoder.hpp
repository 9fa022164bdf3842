// SPDX-License-Identifier: MIT
// Changes the bytes of a body on their way out, as a content coding does (RFC 9110 section 8.4).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace serval::http {

/// One body, at once or piece by piece. Thread safety: none.
/// Errors: `std::bad_alloc`, also where a library only says that it failed: nothing else may make it fail.
class BodyEncoder {
 public:
  /// What the bytes so far must be good for: nothing yet; to be decoded up to here; to be the whole body.
  enum class Until : std::uint8_t { more, flush, end };

  BodyEncoder() = default;
  BodyEncoder(const BodyEncoder&) = delete;
  BodyEncoder& operator=(const BodyEncoder&) = delete;
  virtual ~BodyEncoder() = default;
  /// Encodes the next bytes and appends what comes of them. Not to be called after `end`.
  virtual void encode(std::string_view bytes, Until until, std::string& out) = 0;
};

}  // namespace serval::http
