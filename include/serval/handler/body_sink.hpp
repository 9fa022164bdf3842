// SPDX-License-Identifier: MIT
// Takes the body of a request as it arrives, where it is not to be kept whole in memory.
#pragma once

#include <string_view>

namespace serval::http {

/// Set by `Service::admit`, called by the connection before `Service::serve`, on the connection's loop: it must not
/// block for long.
class BodySink {
 public:
  virtual ~BodySink() = default;
  /// The next piece; the view goes away. False: no more is wanted, the request is served at once, and the connection
  /// ends with its answer.
  [[nodiscard]] virtual bool take(std::string_view piece) noexcept = 0;
  /// The body is whole.
  virtual void end() noexcept = 0;
};

}  // namespace serval::http
