// SPDX-License-Identifier: MIT
// Responses as bytes, as middleware keeps them in a store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <serval/http/response.hpp>

namespace serval::detail {

/// Appends a text together with its length, so that several in a row can be read back.
void append_part(std::string& out, std::string_view text);
void append_part(std::string& out, std::int64_t number);
/// Removes the first text from `bytes` and returns it; nothing if they do not begin with one.
[[nodiscard]] std::optional<std::string_view> take_part(std::string_view& bytes) noexcept;
[[nodiscard]] std::optional<std::int64_t> take_number(std::string_view& bytes) noexcept;

/// Appends status, fields and body. Fields that belong to one connection or one moment are left out: those of RFC 9110
/// section 7.6.1, `date` and `age`. REQUIRES: neither a file nor a streamed response.
void append_answer(std::string& out, const Response& response);
/// Nothing if the bytes are no response.
[[nodiscard]] std::optional<Response> read_answer(std::string_view bytes);

/// A hash of 128 bits as 32 hexadecimal digits, the same in every process. Clients can find texts with the same hash.
[[nodiscard]] std::string hash_text(std::string_view text);

/// A text that nobody else makes: tells a value in a store from another with the same key.
[[nodiscard]] std::string random_mark();

/// Whether the body of a response is known as a whole, so that it can be kept.
[[nodiscard]] inline bool has_kept_body(const Response& response) noexcept {
  return !response.is_in_parts() && !response.file();
}

}  // namespace serval::detail
