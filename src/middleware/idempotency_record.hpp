// SPDX-License-Identifier: MIT
// What a store has for an idempotency key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace serval::detail {

struct IdempotencyRecord {
  enum class State : std::uint8_t {
    running,  ///< a handler works on it
    kept,     ///< `answer` has the response
    lost,     ///< the handler has ended, and its response could not be kept
    free,     ///< it may be processed again
  };

  State state = State::running;
  std::string scope{};     // sender, method, path and key: what the hash in the store's key stands for
  std::string content{};   // a hash of what must not differ in a repeated request
  std::string run{};       // random; tells this call of the handler from others
  std::int64_t until = 0;  // when a running record no longer counts, in ms
  std::string answer{};    // as append_answer writes it

  [[nodiscard]] std::string to_bytes() const;
  /// Nothing if the bytes are no record.
  [[nodiscard]] static std::optional<IdempotencyRecord> read(std::string_view bytes);
};

/// The key in the value of an `idempotency-key` field: a plain text or a quoted one (RFC 9651 section 3.3.3) with 1 to
/// 255 visible characters. Nothing if it is neither.
[[nodiscard]] std::optional<std::string> read_idempotency_key(std::string_view value);

}  // namespace serval::detail
