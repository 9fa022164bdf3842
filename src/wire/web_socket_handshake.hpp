// SPDX-License-Identifier: MIT
// The opening handshake of a WebSocket (RFC 6455 section 4.2): whether a request asks for one, whether it does so by
// the rules, and what the answer says. No I/O.
#pragma once

#include <string>
#include <string_view>

#include <serval/http/request.hpp>
#include <serval/http/response.hpp>
#include <serval/http/web_socket_accept.hpp>
#include <serval/http/web_socket_extension.hpp>

#include "wire/request_framing.hpp"

namespace serval::detail {

/// Whether a request is a GET over HTTP/1.1 that would have its connection go on as a WebSocket. Any other upgrade is
/// ignored, as RFC 9110 section 7.8 allows.
[[nodiscard]] bool asks_for_web_socket(const Request& request) noexcept;

/// Why such a request is refused, if it is. `early_bytes`: what followed its head before there was an answer, which RFC
/// 6455 section 4.1 forbids; one peer could take it for frames and another one for a request.
[[nodiscard]] Refusal check_handshake(const Request& request, const RequestFraming& framing,
                                      std::string_view early_bytes) noexcept;

/// Whether `sec-websocket-version` is the one that there is; an answer that refuses another one has to name it.
inline constexpr std::string_view web_socket_version = "13";
[[nodiscard]] bool has_supported_version(const Request& request) noexcept;

/// The answer with 101. `codec`: null where no extension was agreed on.
/// Errors: `std::invalid_argument` as `http::WebSocketChannel::accept`.
[[nodiscard]] Response switching_protocols(const Request& request, const http::WebSocketAccept& accept,
                                           const http::WebSocketCodec* codec);

}  // namespace serval::detail
