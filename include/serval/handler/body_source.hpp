// SPDX-License-Identifier: MIT
// The streamed body of a request, which a handler reads piece by piece while it runs.
#pragma once

#include <optional>
#include <string_view>

#include <serval/base/task_fwd.hpp>

namespace serval::http {

class Exchange;

/// Implemented by the connection and the test client. Set for exchanges whose `Admission` says that the body is
/// streamed. Nothing is read from the peer before `next` is called.
class BodySource {
 public:
  virtual ~BodySource() = default;
  /// The next piece, never empty; nothing at the end of the body. One call at a time, on the loop of the exchange.
  /// Lifetime: the view is valid until the next call. Errors: HttpError, the same again for every further call: 400 for
  /// broken framing, 408 for a peer that is too slow, 413 for a body over the limit; the connection is then closed
  /// after the response. `boost::system::system_error` (operation_aborted) if the client is gone or the handler is
  /// cancelled.
  [[nodiscard]] virtual detail::Task<std::optional<std::string_view>> next(Exchange& exchange) = 0;
};

}  // namespace serval::http
