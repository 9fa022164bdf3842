// SPDX-License-Identifier: MIT
// Status codes by name (RFC 9110 section 15 and the IANA registry). A status is an `int`, so that
// `201` and `status::created` read equally well.
#pragma once

#include <string_view>

namespace serval {

namespace status {
// clang-format off
inline constexpr int continue_ = 100, switching_protocols = 101, processing = 102, early_hints = 103;
inline constexpr int ok = 200, created = 201, accepted = 202, non_authoritative_information = 203, no_content = 204,
                     reset_content = 205, partial_content = 206, multi_status = 207, already_reported = 208, im_used = 226;
inline constexpr int multiple_choices = 300, moved_permanently = 301, found = 302, see_other = 303, not_modified = 304,
                     use_proxy = 305, temporary_redirect = 307, permanent_redirect = 308;
inline constexpr int bad_request = 400, unauthorized = 401, payment_required = 402, forbidden = 403, not_found = 404,
                     method_not_allowed = 405, not_acceptable = 406, proxy_authentication_required = 407,
                     request_timeout = 408, conflict = 409, gone = 410, length_required = 411, precondition_failed = 412,
                     content_too_large = 413, uri_too_long = 414, unsupported_media_type = 415,
                     range_not_satisfiable = 416, expectation_failed = 417, im_a_teapot = 418, misdirected_request = 421,
                     unprocessable_content = 422, locked = 423, failed_dependency = 424, too_early = 425,
                     upgrade_required = 426, precondition_required = 428, too_many_requests = 429,
                     request_header_fields_too_large = 431, unavailable_for_legal_reasons = 451;
inline constexpr int internal_server_error = 500, not_implemented = 501, bad_gateway = 502, service_unavailable = 503,
                     gateway_timeout = 504, http_version_not_supported = 505, variant_also_negotiates = 506,
                     insufficient_storage = 507, loop_detected = 508, not_extended = 510,
                     network_authentication_required = 511;
// clang-format on
}  // namespace status

}  // namespace serval

namespace serval::http {

/// "Not Found" for 404; empty for a code that is not registered.
[[nodiscard]] std::string_view reason_phrase(int status) noexcept;

/// Whether a final response can have that status: 200 to 599. 1xx is not a final response (RFC 9110 section 15.2), and
/// other numbers have no class.
[[nodiscard]] constexpr bool is_final_status(int status) noexcept { return status >= 200 && status <= 599; }

/// Whether a response with that status can have a body: not 1xx, 204, 205, 304 (RFC 9110 section 6.4.1).
[[nodiscard]] constexpr bool status_has_body(int status) noexcept {
  return status >= 200 && status != 204 && status != 205 && status != 304;
}

}  // namespace serval::http
