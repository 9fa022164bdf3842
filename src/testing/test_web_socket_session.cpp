// SPDX-License-Identifier: MIT
#include "testing/test_web_socket_session.hpp"

#include <boost/asio/post.hpp>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <utility>

#include <serval/http/url.hpp>

#include "handler/handshake_passage.hpp"
#include "handler/passage.hpp"
#include "http/switching_protocols.hpp"
#include "testing/test_answer.hpp"

namespace serval::detail {

namespace asio = boost::asio;

/// Messages that other threads have sent, until the loop takes them.
class TestWebSocketSession::Sender final : public http::WebSocketSender,
                                           public std::enable_shared_from_this<TestWebSocketSession::Sender> {
 public:
  explicit Sender(TestWebSocketSession& session) noexcept : session_(&session) {}

  bool send(WebSocketMessage::Kind kind, std::shared_ptr<const std::string> data) noexcept override try {
    const std::lock_guard lock(mutex_);
    if (session_ == nullptr) return false;
    queue_.push_back({kind, std::move(data)});
    wake();
    return true;
  } catch (const std::exception&) {
    return false;  // out of memory
  }
  bool close(int code, std::string reason) noexcept override try {
    http::require_close_frame(code, reason);
    const std::lock_guard lock(mutex_);
    if (session_ == nullptr) return false;
    close_frame_ = {code, std::move(reason)};
    wake();
    return true;
  } catch (const std::exception&) {
    return false;
  }

  /// Called on the loop: delivers the sent messages to the client.
  void deliver() {
    std::unique_lock lock(mutex_);
    if (session_ == nullptr) return;
    for (Queued& queued : queue_) session_->to_client_.push_back({queued.kind, *queued.data});
    queue_.clear();
    const auto frame = std::exchange(close_frame_, std::nullopt);
    lock.unlock();
    if (frame) session_->end(*frame);
  }
  /// Called on the loop: from now on no messages are accepted.
  void detach() noexcept {
    const std::lock_guard lock(mutex_);
    session_ = nullptr;
  }

 private:
  struct Queued {
    WebSocketMessage::Kind kind;
    std::shared_ptr<const std::string> data;
  };

  void wake() {
    asio::post(session_->loop_->context(), [self = shared_from_this()] { self->deliver(); });
  }

  std::mutex mutex_;
  TestWebSocketSession* session_;
  std::deque<Queued> queue_;
  std::optional<CloseFrame> close_frame_;
};

TestWebSocketSession::TestWebSocketSession(const http::Service& service, std::shared_ptr<TestLoop> loop,
                                           TestMessage message, std::chrono::milliseconds timeout)
    : TestSession(service, std::move(loop), std::move(message), timeout), changed_(loop_->context().get_executor()) {}

TestWebSocketSession::~TestWebSocketSession() {
  if (sender_) sender_->detach();
}

void TestWebSocketSession::open(const TestRefusal& refusal) {
  exchange_.web_socket = this;
  if (refusal.status != 0) {
    service_.refuse(exchange_, refusal.status, refusal.why);
  } else {
    static_cast<void>(service_.admit(exchange_));  // a handshake has no body
    if (http::Pending pending = service_.serve(exchange_))
      task_.start(*loop_, std::move(pending), [self = shared_from_this()] { self->on_task_done(); });
    wait_until([this] { return phase_ != Phase::handshake || !task_.is_running(); });
  }
  response_ = to_test_response(take_answer(), message_.url, TestBodyOf::answer);
}

void TestWebSocketSession::on_task_done() noexcept {
  if (phase_ == Phase::handshake) return;  // the response was not examined yet
  if (phase_ == Phase::open) end({1006, {}});
  finish(sent_bytes_, close_frame_ && close_frame_->code == 1006 ? http::Ending::client_gone : http::Ending::complete,
         shared_from_this());
}

/// The response that refuses the handshake passes the `after` of all middleware.
void TestWebSocketSession::let_answer_leave() {
  http::Pending pending = exchange_.passage().leave(exchange_, Passage::Faults::answered);
  if (!pending) return;
  task_.start(*loop_, std::move(pending), [] {});
  wait_until([this] { return !task_.is_running(); });
}

Response TestWebSocketSession::take_answer() {
  if (phase_ == Phase::handshake) {
    let_answer_leave();
    Response answer = std::move(exchange_.response);
    phase_ = Phase::closed;
    response_.status = answer.status();
    finish(answer.body().size(), http::Ending::complete, shared_from_this());
    wait_until([this] { return !task_.is_running(); });
    return answer;
  }
  Response answer;
  SwitchingProtocols::mark(answer);
  answer.headers().set("upgrade", "websocket");
  if (!answer_.subprotocol.empty()) answer.headers().set("sec-websocket-protocol", answer_.subprotocol);
  for (const auto& [name, value] : answer_.headers) answer.headers().add(name, value);
  return answer;
}

void TestWebSocketSession::end(CloseFrame frame) noexcept {
  if (phase_ == Phase::closed) return;
  if (sender_) {
    sender_->deliver();
    sender_->detach();
  }
  if (phase_ == Phase::closed) return;  // the delivered messages ended with a close
  phase_ = Phase::closed;
  close_frame_ = std::move(frame);
  changed_.tell();
}

void TestWebSocketSession::throw_disconnect() const {
  if (!close_frame_) throw WebSocketDisconnect(1006, "the handshake was refused");
  throw WebSocketDisconnect(close_frame_->code, close_frame_->reason);
}

void TestWebSocketSession::run_what_is_ready() {
  loop_->context().restart();
  loop_->context().poll();
}

void TestWebSocketSession::send_from_client(WebSocketMessage message) {
  if (phase_ != Phase::open) throw_disconnect();
  if (message.kind == WebSocketMessage::Kind::text && !http::is_valid_utf8(message.data))
    throw std::invalid_argument("a text message must be UTF-8");
  to_application_.push_back(std::move(message));
  changed_.tell();
  run_what_is_ready();
}

WebSocketMessage TestWebSocketSession::receive_at_client() {
  wait_until([this] { return !to_client_.empty() || phase_ == Phase::closed; });
  if (to_client_.empty()) throw_disconnect();
  WebSocketMessage message = std::move(to_client_.front());
  to_client_.pop_front();
  return message;
}

void TestWebSocketSession::close_from_client(int code, std::string reason) {
  http::require_close_frame(code, reason);
  end({code, std::move(reason)});
  run_what_is_ready();
}

int TestWebSocketSession::wait_for_close() {
  wait_until([this] { return phase_ == Phase::closed; });
  return close_frame_ ? close_frame_->code : 1006;
}

void TestWebSocketSession::leave() noexcept {
  end({1001, {}});
  task_.end(*loop_, timeout_);
}

Task<void> TestWebSocketSession::accept(const http::WebSocketAccept& answer) {
  answer_ = co_await leave_with(exchange_, answer);
  phase_ = Phase::open;
}

Task<WebSocketMessage> TestWebSocketSession::receive() {
  // As on a connection: a cancelled receive takes no message.
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  if (!to_application_.empty()) co_await asio::post(loop_->context(), asio::use_awaitable);
  for (;;) {
    if (to_application_.empty() && phase_ == Phase::closed) throw_disconnect();
    if (cancellation.cancelled() != asio::cancellation_type::none)
      throw boost::system::system_error(asio::error::operation_aborted);
    if (!to_application_.empty()) break;
    co_await changed_.wait();
  }
  WebSocketMessage message = std::move(to_application_.front());
  to_application_.pop_front();
  co_return message;
}

Task<void> TestWebSocketSession::send(WebSocketMessage::Kind kind, std::string_view data) {
  if (phase_ == Phase::closed) throw_disconnect();
  if (kind == WebSocketMessage::Kind::text && !http::is_valid_utf8(data))
    throw std::invalid_argument("a text message must be UTF-8; use send_bytes for other data");
  if (sender_) sender_->deliver();  // in the order in which they were sent
  to_client_.push_back({kind, std::string(data)});
  sent_bytes_ += data.size();
  co_return;
}

Task<void> TestWebSocketSession::close(int code, std::string_view reason) {
  http::require_close_frame(code, reason);
  end({code, std::string(reason)});
  co_return;
}

std::shared_ptr<http::WebSocketSender> TestWebSocketSession::sender() {
  if (!sender_) {
    sender_ = std::make_shared<Sender>(*this);
    if (phase_ == Phase::closed) sender_->detach();
  }
  return sender_;
}

}  // namespace serval::detail
