// SPDX-License-Identifier: MIT
#include <serval/handler/web_socket_channel.hpp>

namespace serval {

WebSocketDisconnect::WebSocketDisconnect(int code, std::string reason)
    : std::runtime_error("the WebSocket ended with code " + std::to_string(code) +
                         (reason.empty() ? "" : ": " + reason)),
      code_(code),
      reason_(std::move(reason)) {}

}  // namespace serval
