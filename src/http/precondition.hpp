// SPDX-License-Identifier: MIT
// Conditional requests (RFC 9110 section 13): whether the client's version of a representation is still the current
// one. No I/O.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include <serval/http/headers.hpp>

namespace serval::detail {

/// The validators of a state of a representation (RFC 9110 section 8.8).
struct Validators {
  std::string_view etag;                               ///< with its quotes; empty if there is none
  std::optional<std::chrono::sys_seconds> modified{};  ///< of `last-modified`
};

enum class Precondition { holds, not_modified, failed };

/// Evaluates `if-match`, `if-unmodified-since`, `if-none-match` and `if-modified-since` of a GET or HEAD, in the order
/// of section 13.2.2. A date that is malformed or given twice is ignored.
[[nodiscard]] Precondition evaluate_preconditions(const http::RequestHeaders& headers, const Validators& current);

/// Returns the tag of `if-none-match` that names `etag` in the weak comparison, as the client wrote it; for "*" it is
/// `etag` itself. Nothing if none does or there is no such field. Lifetime: that of the request and of `etag`.
[[nodiscard]] std::optional<std::string_view> find_none_match(const http::RequestHeaders& headers,
                                                              std::string_view etag) noexcept;

/// Whether the `range` field applies: there is no `if-range`, or it names the current state by a strong validator. A
/// date is a strong validator if it is a second or more before `now`, since two changes within a second have the same
/// date (8.8.2.2).
[[nodiscard]] bool range_counts(const http::RequestHeaders& headers, const Validators& current,
                                std::chrono::system_clock::time_point now);

}  // namespace serval::detail
