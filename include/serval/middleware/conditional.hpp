// SPDX-License-Identifier: MIT
// Lets clients keep responses and ask only whether they have changed (RFC 9110 section 13).
#pragma once

#include <cstddef>

#include <serval/handler/middleware.hpp>

namespace serval {

/// The options of `Conditional`.
struct ConditionalOptions {
  /// The largest body, in bytes, that gets an entity tag. Default 1 MiB; 0: only the tags of handlers are compared.
  std::size_t max_bytes = 1024 * 1024;
};

/// `app.use(Conditional());`: a 200 of a GET or HEAD gets an `etag`, a hash of its body and content type with 128 bits,
/// and a client whose `if-none-match` names it gets an empty 304 instead. The handler runs anyway: this saves bytes,
/// not work. A tag that the handler has set is compared in the same way. Streamed responses, files (which have tags of
/// their own), and responses with `cache-control: no-store` are not changed. `Compression` is outside of it and makes
/// the tags of responses that it packs weak; clients may send them in either form. `if-match` is for the
/// handler to check, since only it can refuse a change before it is made. Thread safety: all of it. Source: RFC 9110
/// sections 8.8.3, 13.1.2 and 15.4.5.
class Conditional {
 public:
  static constexpr Stage stage = Stage::conditional;

  explicit Conditional(ConditionalOptions options = {}) : options_(options) {}

  void after(const Request& request, Response& response);

 private:
  ConditionalOptions options_;
};

}  // namespace serval
