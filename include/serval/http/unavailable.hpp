// SPDX-License-Identifier: MIT
// An error for a resource that is temporarily unavailable: a thread, a connection, a place in a queue.
#pragma once

#include <chrono>
#include <string_view>

#include <serval/http/http_error.hpp>

namespace serval {

/// A resource that a request needs is temporarily unavailable: 503 with `retry-after`.
class Unavailable : public HttpError {
 public:
  /// `retry_after`: at least a second.
  explicit Unavailable(std::string_view detail = "The server is busy",
                       std::chrono::seconds retry_after = std::chrono::seconds(1));
};

}  // namespace serval
