// SPDX-License-Identifier: MIT
// In what form an application answers errors.
#pragma once

#include <cstdint>

namespace serval::http {

/// Of the answers that the framework makes of errors: an `HttpError`, a failed validation, no such route, a refused
/// request, an exception that nobody handles.
enum class ErrorFormat : std::uint8_t {
  /// `{"detail": ...}`, for a failed validation `{"detail": [...]}`; of an unknown exception a plain text.
  detail,
  /// `{"type": "about:blank", "title": "Not Found", "status": 404, "detail": "No item 9", "instance": "/items/9"}` as
  /// `application/problem+json`. `instance` is the path; `detail` is left out where it would repeat the title. A failed
  /// validation has the list as `errors`. Of an `HttpError` with a JSON value for its detail: an object's members
  /// become
  /// members of the answer, in place of those above, `status` apart; a list becomes `errors`; all else a text.
  /// Source: RFC 9457.
  problem_details,
};

}  // namespace serval::http
