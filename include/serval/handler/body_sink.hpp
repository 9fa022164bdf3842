// SPDX-License-Identifier: MIT
// Receives the body of a request as it arrives, if it is not kept whole in memory.
#pragma once

#include <string_view>

namespace serval::http {

/// Set by `Service::admit`, called by the connection before `Service::serve`, on the connection's loop: it must not
/// block for long.
class BodySink {
 public:
  virtual ~BodySink() = default;
  /// Receives the next piece; the view is valid during the call. Returns false if no more is wanted: the request is
  /// served at once, and the connection is closed after its response.
  [[nodiscard]] virtual bool take(std::string_view piece) noexcept = 0;
  /// The body is complete.
  virtual void end() noexcept = 0;
};

}  // namespace serval::http
