// SPDX-License-Identifier: MIT
// The only response below 200 that serval sends: that of a connection that becomes a WebSocket.
#pragma once

#include <serval/http/response.hpp>

namespace serval::detail {

struct SwitchingProtocols {
  /// 101, which handlers cannot set.
  static void mark(Response& response) noexcept {
    response.status_ = status::switching_protocols;
    response.status_set_ = true;
  }
};

}  // namespace serval::detail
