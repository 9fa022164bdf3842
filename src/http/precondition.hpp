// SPDX-License-Identifier: MIT
// Conditional requests (RFC 9110 section 13): whether what a client has, or wants to have, is still what there is. No
// I/O.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include <serval/http/headers.hpp>

namespace serval::detail {

/// What tells one state of a representation from another (RFC 9110 section 8.8).
struct Validators {
  std::string_view etag;                               ///< with its quotes; empty when there is none
  std::optional<std::chrono::sys_seconds> modified{};  ///< of `last-modified`
};

enum class Precondition { holds, not_modified, failed };

/// Evaluates `if-match`, `if-unmodified-since`, `if-none-match` and `if-modified-since` of a GET or HEAD, in the order
/// of section 13.2.2. A date that is none, or that is given twice, is no condition.
[[nodiscard]] Precondition evaluate_preconditions(const http::RequestHeaders& headers, const Validators& current);

/// Whether the `range` field counts: there is no `if-range`, or it names the current state by a strong validator. A
/// date is one when it lies a second or more before `now`, since what changes twice within a second has one date
/// (8.8.2.2).
[[nodiscard]] bool range_counts(const http::RequestHeaders& headers, const Validators& current,
                                std::chrono::system_clock::time_point now);

}  // namespace serval::detail
