// SPDX-License-Identifier: MIT
// How much a peer may make the server store, and how long it may make it wait. Every member limits untrusted input.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace serval::http {

/// Limits for one request. 0 means "no limit" for each of them.
struct Limits {
  /// Bytes of request line and header fields together. Default 16 KiB. Beyond: 431.
  std::size_t max_head_bytes = 16 * 1024;
  /// Number of header fields. Default 100. Beyond: 431.
  std::size_t max_header_fields = 100;
  /// Bytes of the request target, which counts as part of the head too. Default 8 KiB. Beyond: 414.
  std::size_t max_target_bytes = 8 * 1024;
  /// Bytes of a body, after chunked decoding. Default 1 MiB; a route may set its own. Beyond: 413.
  std::uint64_t max_body_bytes = 1024 * 1024;
  /// Bytes of all chunk extensions of a body. Default 4 KiB. Beyond: 400.
  std::size_t max_chunk_extension_bytes = 4 * 1024;
  /// Bytes of the trailer section, which is read and dropped. Default 8 KiB. Beyond: 431.
  std::size_t max_trailer_bytes = 8 * 1024;
  /// Name-value pairs in a query string. Default 1000. Beyond: 400.
  std::size_t max_query_params = 1000;
  /// Text fields of a form, multipart or urlencoded. Default 1000. Beyond: 400.
  std::size_t max_form_fields = 1000;
  /// Files of a multipart form. Default 1000. Beyond: 400.
  std::size_t max_form_files = 1000;
  /// Bytes of one text field of a multipart form. Default 1 MiB. Beyond: 400. Files and urlencoded fields are limited
  /// only by the limit of the body.
  std::size_t max_form_field_bytes = 1024 * 1024;
  /// Bytes of an uploaded file that stay in memory; a larger one goes to an unnamed temporary file in `$TMPDIR` (/tmp
  /// if that is unset). Default 1 MiB; 0: every file stays in memory.
  std::size_t form_file_memory_bytes = 1024 * 1024;
  /// Bytes of the header fields of one part of a multipart form. Default 8 KiB. Beyond: 400.
  std::size_t max_form_part_header_bytes = 8 * 1024;
  /// Header fields of one part of a multipart form. Default 32. Beyond: 400.
  std::size_t max_form_part_header_fields = 32;
  /// Nesting depth of a JSON body. Default 128; 0: 1000, which is the maximum. Beyond: 400.
  std::size_t max_json_depth = 128;
};

/// How long a peer may take. 0 switches a timeout off; none is longer than 100 years.
struct Timeouts {
  /// The time from accept, or from the first byte of a further request, to the end of the head. Default 10 s. Then:
  /// 408, close.
  std::chrono::milliseconds header{10'000};
  /// The time from one byte of the body to the next. Default 30 s. Then: 408, close.
  std::chrono::milliseconds body_idle{30'000};
  /// The smallest average rate of a body, checked after `body_rate_window` has passed. Default 1 KiB/s. Then: 408,
  /// close.
  std::size_t min_body_bytes_per_second = 1024;
  /// The time after the start of a body in which its rate is not checked yet. Default 20 s; 0: the rate is never
  /// checked.
  std::chrono::milliseconds body_rate_window{20'000};
  /// The time in which the peer must accept the next byte of the response. Default 30 s. Then: close.
  std::chrono::milliseconds write{30'000};
  /// The time between two requests on a connection. Default 60 s. Then: close.
  std::chrono::milliseconds keep_alive{60'000};
  /// The time from the end of a request to its response; a route may set its own. Default off. Then: 503, and the
  /// handler is cancelled.
  std::chrono::milliseconds handler{0};
};

}  // namespace serval::http
