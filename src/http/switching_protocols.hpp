// SPDX-License-Identifier: MIT
// The one answer below 200 that serval gives: that of a connection which goes on as a WebSocket.
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
