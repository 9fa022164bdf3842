// SPDX-License-Identifier: MIT
// The format of an application's error responses.
#pragma once

#include <cstdint>

namespace serval::http {

/// The format of the responses that the framework makes for errors: an `HttpError`, a failed validation, no such route,
/// a refused request, an exception without an error handler.
enum class ErrorFormat : std::uint8_t {
  /// `{"detail": ...}`, for a failed validation `{"detail": [...]}`; for an unknown exception a plain text.
  detail,
  /// `{"type": "about:blank", "title": "Not Found", "status": 404, "detail": "No item 9", "instance": "/items/9"}` as
  /// `application/problem+json`. `instance` is the path; `detail` is left out if it would repeat the title. A failed
  /// validation has the list as `errors`. If the detail of an `HttpError` is a JSON value: the members of an object
  /// become members of the response and replace those above, except `status`; a list becomes `errors`; any other value
  /// becomes a text. Source: RFC 9457.
  problem_details,
};

}  // namespace serval::http
