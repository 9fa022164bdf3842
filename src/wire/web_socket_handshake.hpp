// SPDX-License-Identifier: MIT
// The opening handshake of a WebSocket (RFC 6455 section 4.2): recognizes the request, checks it, and makes the
// response. No I/O.
#pragma once

#include <string>
#include <string_view>

#include <serval/http/request.hpp>
#include <serval/http/response.hpp>
#include <serval/http/web_socket_accept.hpp>
#include <serval/http/web_socket_extension.hpp>

#include "wire/request_framing.hpp"

namespace serval::detail {

/// Returns whether a request is a GET over HTTP/1.1 that asks to upgrade its connection to WebSocket. Any other upgrade
/// is ignored, as RFC 9110 section 7.8 allows.
[[nodiscard]] bool asks_for_web_socket(const Request& request) noexcept;

/// Returns why such a request is refused, if it is. `early_bytes`: the bytes that arrived after its head and before the
/// response. RFC 6455 section 4.1 forbids them: one recipient could take them for frames and another one for a request.
[[nodiscard]] Refusal check_handshake(const Request& request, const RequestFraming& framing,
                                      std::string_view early_bytes) noexcept;

/// The only supported `sec-websocket-version`. A response that refuses another version must name it.
inline constexpr std::string_view web_socket_version = "13";
/// Returns whether a request names that version.
[[nodiscard]] bool has_supported_version(const Request& request) noexcept;

/// Makes the response with 101. `codec`: null if no extension was negotiated.
/// Errors: `std::invalid_argument`, as for `http::WebSocketChannel::accept`.
[[nodiscard]] Response switching_protocols(const Request& request, const http::WebSocketAccept& accept,
                                           const http::WebSocketCodec* codec);

}  // namespace serval::detail
