// SPDX-License-Identifier: MIT
// Where the bytes of a body go that is not kept whole: a form, which writes its files away while they arrive.
#pragma once

#include <string_view>

namespace serval {

/// Takes a body piece by piece. Both functions may throw `HttpError`, which refuses the request with that answer, or
/// any other exception, which is a 500; neither is called again after that. Thread safety: none, one body a sink.
class BodySink {
 public:
  BodySink() = default;
  BodySink(const BodySink&) = delete;
  BodySink& operator=(const BodySink&) = delete;
  virtual ~BodySink() = default;

  /// The next bytes, in any number. Lifetime: `piece` is gone when this returns.
  virtual void take(std::string_view piece) = 0;
  /// The body is whole.
  virtual void end() = 0;
};

}  // namespace serval
