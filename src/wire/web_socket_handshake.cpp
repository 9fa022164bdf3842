// SPDX-License-Identifier: MIT
#include "wire/web_socket_handshake.hpp"

#include <boost/beast/websocket/detail/hybi13.hpp>
#include <algorithm>
#include <optional>
#include <stdexcept>

#include <serval/http/headers.hpp>

#include "http/grammar.hpp"
#include "http/switching_protocols.hpp"
#include "http/web_socket_upgrade.hpp"

namespace serval::detail {

namespace {

/// Returns the value of a field that occurs exactly once, else nothing.
[[nodiscard]] std::optional<std::string_view> single(const Request& request, std::string_view name) noexcept {
  std::optional<std::string_view> value;
  for (const http::HeaderView& field : request.headers()) {
    if (!http::iequals(field.name, name)) continue;
    if (value) return std::nullopt;
    value = field.value;
  }
  return value;
}

/// Returns whether a text has the form of 16 bytes in Base64 (RFC 6455 section 4.1).
[[nodiscard]] bool is_key(std::string_view text) noexcept {
  static constexpr CharSet base64_chars = CharSet(alphanumerics).add("+/");
  return text.size() == 24 && text.ends_with("==") && base64_chars.contains_all(text.substr(0, 22));
}

[[nodiscard]] std::string accept_for(std::string_view key) {
  boost::beast::websocket::detail::sec_ws_accept_type accept;
  boost::beast::websocket::detail::make_sec_ws_accept(accept, {key.data(), key.size()});
  return {accept.data(), accept.size()};
}

}  // namespace

bool asks_for_web_socket(const Request& request) noexcept {
  return request.method() == http::Method::get && request.version_minor() == 1 &&
         has_web_socket_upgrade(request.headers()) &&
         http::has_list_element(request.headers(), "connection", "upgrade");
}

Refusal check_handshake(const Request& request, const RequestFraming& framing, std::string_view early_bytes) noexcept {
  if (!has_supported_version(request)) return {400, "Sec-WebSocket-Version is not 13"};
  const auto key = single(request, "sec-websocket-key");
  if (!key) return {400, "Sec-WebSocket-Key is missing or given twice"};
  if (!is_key(*key)) return {400, "Malformed Sec-WebSocket-Key"};
  if (framing.has_body()) return {400, "WebSocket handshake with a body"};
  if (!early_bytes.empty()) return {400, "Bytes before the answer to a WebSocket handshake"};
  return {};
}

bool has_supported_version(const Request& request) noexcept {
  return single(request, "sec-websocket-version") == web_socket_version;
}

Response switching_protocols(const Request& request, const http::WebSocketAccept& accept,
                             const http::WebSocketCodec* codec) {
  Response response;
  SwitchingProtocols::mark(response);
  http::Headers& headers = response.headers();
  headers.set("upgrade", "websocket");
  headers.set("connection", "Upgrade");
  headers.set("sec-websocket-accept", accept_for(request.header("sec-websocket-key").value_or("")));
  if (!accept.subprotocol.empty()) {
    const auto offered = request.headers().get_list("sec-websocket-protocol");
    if (std::find(offered.begin(), offered.end(), accept.subprotocol) == offered.end()) {
      throw std::invalid_argument("subprotocol \"" + accept.subprotocol + "\" was not offered");
    }
    headers.set("sec-websocket-protocol", accept.subprotocol);
  }
  if (codec != nullptr) headers.set("sec-websocket-extensions", codec->agreement());
  http::require_accept_fields(accept);
  for (const auto& [name, value] : accept.headers) headers.add(name, value);
  return response;
}

}  // namespace serval::detail
