// SPDX-License-Identifier: MIT
// The body of a request as a handler reads it while it runs, piece by piece.
#pragma once

#include <optional>
#include <string_view>

#include <serval/base/task_fwd.hpp>

namespace serval::http {

class Exchange;

/// Implemented by whoever carries requests: the connection, the test client. Set for exchanges whose `Admission` says
/// that the body is streamed. Nothing is read from the peer before it is asked for.
class BodySource {
 public:
  virtual ~BodySource() = default;
  /// The next piece, never an empty one; nothing once the body is whole. One call at a time, on the loop of the
  /// exchange. Lifetime: the view is good until the next call. Errors: HttpError, the same with every further call: 400
  /// for broken framing, 408 for a peer that is too slow, 413 for a body over the limit; the connection then ends with
  /// the answer. `boost::system::system_error` (operation_aborted) once the client is gone or the handler is cancelled.
  [[nodiscard]] virtual detail::Task<std::optional<std::string_view>> next(Exchange& exchange) = 0;
};

}  // namespace serval::http
