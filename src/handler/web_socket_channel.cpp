// SPDX-License-Identifier: MIT
#include <serval/handler/web_socket_channel.hpp>

namespace serval {

namespace {

[[nodiscard]] std::string described(int code, const std::string& reason) {
  return std::to_string(code) + (reason.empty() ? "" : ": " + reason);
}

}  // namespace

WebSocketDisconnect::WebSocketDisconnect(int code, std::string reason)
    : std::runtime_error("the WebSocket ended with code " + described(code, reason)),
      code_(code),
      reason_(std::move(reason)) {}

WebSocketError::WebSocketError(int code, std::string reason)
    : std::runtime_error("the WebSocket is to be closed with code " + described(code, reason)),
      code_(code),
      reason_(std::move(reason)) {
  http::require_close_frame(code_, reason_);
}

}  // namespace serval
