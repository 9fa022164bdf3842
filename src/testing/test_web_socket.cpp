// SPDX-License-Identifier: MIT
#include <serval/testing/test_web_socket.hpp>

#include <stdexcept>
#include <utility>

#include "testing/test_web_socket_session.hpp"

namespace serval {

namespace {

std::string data_of(WebSocketMessage message, WebSocketMessage::Kind kind) {
  if (message.kind != kind)
    throw std::runtime_error(kind == WebSocketMessage::Kind::text ? "the application sent a binary message"
                                                                  : "the application sent a text message");
  return std::move(message.data);
}

}  // namespace

TestWebSocket::TestWebSocket(std::shared_ptr<detail::TestWebSocketSession> session) noexcept
    : session_(std::move(session)) {}
TestWebSocket::TestWebSocket(TestWebSocket&& other) noexcept = default;

TestWebSocket& TestWebSocket::operator=(TestWebSocket&& other) noexcept {
  if (this != &other) {
    if (session_) session_->leave();
    session_ = std::move(other.session_);
  }
  return *this;
}

TestWebSocket::~TestWebSocket() {
  if (session_) session_->leave();
}

const TestResponse& TestWebSocket::response() const noexcept { return session_->response(); }
bool TestWebSocket::is_open() const noexcept { return session_->is_open(); }
std::string_view TestWebSocket::subprotocol() const noexcept { return session_->subprotocol(); }

void TestWebSocket::send_message(WebSocketMessage message) { session_->send_from_client(std::move(message)); }
WebSocketMessage TestWebSocket::receive() { return session_->receive_at_client(); }
std::string TestWebSocket::receive_text() { return data_of(receive(), WebSocketMessage::Kind::text); }
std::string TestWebSocket::receive_bytes() { return data_of(receive(), WebSocketMessage::Kind::binary); }

void TestWebSocket::close(int code, std::string reason) { session_->close_from_client(code, std::move(reason)); }
int TestWebSocket::wait_for_close() { return session_->wait_for_close(); }

}  // namespace serval
