// SPDX-License-Identifier: MIT
#include <serval/websocket/web_socket.hpp>

#include <algorithm>
#include <stdexcept>

#include <serval/handler/exchange.hpp>

namespace serval {

namespace {

[[nodiscard]] bool is_offered(const WebSocket& socket, std::string_view subprotocol) {
  const auto offered = socket.subprotocols();
  return std::find(offered.begin(), offered.end(), subprotocol) != offered.end();
}

}  // namespace

void WebSocket::attach(http::Exchange& exchange) {
  if (exchange.web_socket == nullptr)
    throw std::logic_error("only handlers and dependencies of app.websocket() can take a WebSocket");
  exchange_ = &exchange;
}

const std::vector<schema::Issue::Place>& WebSocket::no_place() {
  static const std::vector<schema::Issue::Place> none;
  return none;
}

const Request& WebSocket::request() const noexcept { return exchange_->request; }

bool WebSocket::is_open() const noexcept {
  return exchange_->web_socket->phase() == http::WebSocketChannel::Phase::open;
}

/// The channel after the handshake was answered.
http::WebSocketChannel& WebSocket::answered() const {
  http::WebSocketChannel& channel = *exchange_->web_socket;
  if (channel.phase() != http::WebSocketChannel::Phase::handshake) return channel;
  if (exchange_->response.status_was_set()) throw WebSocketDisconnect(1006, "the handshake was refused");
  throw std::logic_error("the WebSocket was not accepted: co_await socket.accept() first");
}

Task<void> WebSocket::accept(std::string_view subprotocol) {
  http::WebSocketChannel& channel = *exchange_->web_socket;
  if (channel.phase() != http::WebSocketChannel::Phase::handshake)
    throw std::logic_error("the WebSocket was accepted before");
  if (!subprotocol.empty() && !is_offered(*this, subprotocol))
    throw std::invalid_argument("the client did not offer the subprotocol \"" + std::string(subprotocol) + '"');
  http::WebSocketAccept answer;
  answer.subprotocol = subprotocol;
  for (const auto& [name, value] : exchange_->response.headers()) answer.headers.emplace_back(name, value);
  co_await channel.accept(answer);
  exchange_->streaming = http::Exchange::Streaming::begun;
}

std::vector<std::string_view> WebSocket::subprotocols() const {
  return request().headers().get_list("sec-websocket-protocol");
}

std::string_view WebSocket::preferred_subprotocol(std::initializer_list<std::string_view> ours) const {
  const std::vector<std::string_view> offered = subprotocols();
  for (const std::string_view each : ours) {
    // The client's own text, which lives as long as the request.
    if (const auto found = std::find(offered.begin(), offered.end(), each); found != offered.end()) return *found;
  }
  return {};
}

Task<WebSocketMessage> WebSocket::receive() { return answered().receive(); }

Task<std::string> WebSocket::receive_kind(WebSocketMessage::Kind kind) {
  WebSocketMessage message = co_await answered().receive();
  if (message.kind != kind) {
    throw WebSocketError(
        1003, kind == WebSocketMessage::Kind::text ? "a text message is expected" : "a binary message is expected");
  }
  co_return std::move(message.data);
}

Task<std::string> WebSocket::receive_text() { return receive_kind(WebSocketMessage::Kind::text); }
Task<std::string> WebSocket::receive_bytes() { return receive_kind(WebSocketMessage::Kind::binary); }

Task<json> WebSocket::receive_json() {
  const std::string text = co_await receive_text();
  try {
    co_return schema::parse_json(text);
  } catch (const std::invalid_argument&) {
    throw WebSocketError(1007, "the message is no JSON");
  }
}

Task<void> WebSocket::send_text(std::string text) { co_await answered().send(WebSocketMessage::Kind::text, text); }

Task<void> WebSocket::send_bytes(std::string bytes) { co_await answered().send(WebSocketMessage::Kind::binary, bytes); }

Task<void> WebSocket::close(int code, std::string_view reason) {
  http::WebSocketChannel& channel = *exchange_->web_socket;
  if (channel.phase() != http::WebSocketChannel::Phase::handshake) co_return co_await channel.close(code, reason);
  http::require_close_frame(code, reason);
  exchange_->response = Response(status::forbidden);
}

std::shared_ptr<http::WebSocketSender> WebSocket::sender() const { return answered().sender(); }

}  // namespace serval
