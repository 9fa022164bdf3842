// SPDX-License-Identifier: MIT
#include <serval/http/web_socket_accept.hpp>

#include <algorithm>
#include <stdexcept>

#include <serval/http/headers.hpp>

namespace serval::http {

bool belongs_to_handshake(std::string_view name) noexcept {
  constexpr std::string_view prefix = "sec-websocket-";
  constexpr std::string_view framing[] = {"connection", "upgrade", "content-length",  "transfer-encoding", "keep-alive",
                                          "trailer",    "te",      "proxy-connection"};
  return iequals(name.substr(0, prefix.size()), prefix) ||
         std::any_of(std::begin(framing), std::end(framing), [&](std::string_view own) { return iequals(own, name); });
}

void require_accept_fields(const WebSocketAccept& answer) {
  Headers checked;
  for (const auto& [name, value] : answer.headers) {
    checked.add(name, value);
    if (belongs_to_handshake(name))
      throw std::invalid_argument("the header field \"" + name + "\" belongs to the handshake of a WebSocket");
  }
}

}  // namespace serval::http
