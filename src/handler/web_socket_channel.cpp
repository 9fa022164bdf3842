// SPDX-License-Identifier: MIT
#include <serval/handler/web_socket_channel.hpp>

#include <algorithm>

#include <serval/http/headers.hpp>
#include <serval/http/url.hpp>

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

bool http::may_close_with(int code) noexcept {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

void http::require_close_frame(int code, std::string_view reason) {
  // A control frame has 125 bytes at most, two of which are the code.
  constexpr std::size_t max_reason_bytes = 123;
  if (!http::may_close_with(code)) {
    throw std::invalid_argument("a close frame must not carry code " + std::to_string(code) +
                                "; use one of RFC 6455 section 7.4, or of your own from 4000 to 4999");
  }
  if (reason.size() > max_reason_bytes)
    throw std::invalid_argument("the reason in a close frame has at most 123 bytes; this one has " +
                                std::to_string(reason.size()));
  if (!http::is_valid_utf8(reason)) throw std::invalid_argument("the reason in a close frame is UTF-8");
}

bool http::belongs_to_handshake(std::string_view name) noexcept {
  constexpr std::string_view prefix = "sec-websocket-";
  constexpr std::string_view framing[] = {"connection", "upgrade", "content-length",  "transfer-encoding", "keep-alive",
                                          "trailer",    "te",      "proxy-connection"};
  return http::iequals(name.substr(0, prefix.size()), prefix) ||
         std::any_of(std::begin(framing), std::end(framing),
                     [&](std::string_view own) { return http::iequals(own, name); });
}

void http::require_accept_fields(const http::WebSocketAccept& answer) {
  http::Headers checked;
  for (const auto& [name, value] : answer.headers) {
    checked.add(name, value);
    if (http::belongs_to_handshake(name))
      throw std::invalid_argument("the header field \"" + name + "\" belongs to the handshake of a WebSocket");
  }
}

}  // namespace serval
