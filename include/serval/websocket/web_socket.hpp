// SPDX-License-Identifier: MIT
// A WebSocket (RFC 6455) as a handler's argument:
// ```
// app.websocket("/echo")([](WebSocket& socket) -> Task<void> {
//   co_await socket.accept();
//   for (;;) co_await socket.send_text(co_await socket.receive_text());
// });
// ```
#pragma once

#include <concepts>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <serval/base/task.hpp>
#include <serval/handler/web_socket_channel.hpp>
#include <serval/params/argument.hpp>
#include <serval/params/stream_spec.hpp>
#include <serval/schema/codec.hpp>

namespace serval {

/// One client's WebSocket. The handler is called for the handshake: it accepts it, or refuses it by an exception, by
/// `close`, or by returning with a status in `Response&`. Errors of its parameters and dependencies refuse it with 403.
///
/// Messages go in both directions until one side closes. After the client has closed, every call throws
/// `WebSocketDisconnect`, which a handler need not catch. A handler that returns closes with 1000; `WebSocketError`
/// closes with its code, an invalid message with 1007 or 1008, any other exception with 1011.
///
/// A handler that is still running `WebSocketOptions::close_timeout` after the end is cancelled.
/// Thread safety: none; see `sender` and `Hub` for other threads.
class WebSocket {
 public:
  /// Accepts the handshake, with the header fields and cookies of `Response&`. `subprotocol`: one of those that the
  /// client offered; empty: none.
  /// Errors: `std::logic_error` if it was already answered; `std::invalid_argument` for another subprotocol.
  [[nodiscard]] Task<void> accept(std::string_view subprotocol = {});
  /// The subprotocols that the client offered, in the order of its preference.
  [[nodiscard]] std::vector<std::string_view> subprotocols() const;
  /// The first of these that the client offered; empty if it offered none of them. Store it in a variable before you
  /// pass it to `accept`: g++ 12 does not accept braces in a `co_await` expression.
  [[nodiscard]] std::string_view preferred_subprotocol(std::initializer_list<std::string_view> ours) const;

  /// The next message. Errors for all receive functions: WebSocketDisconnect; `std::logic_error` before `accept`.
  [[nodiscard]] Task<WebSocketMessage> receive();
  /// Errors also: WebSocketError 1003 for a message of the other kind.
  [[nodiscard]] Task<std::string> receive_text();
  [[nodiscard]] Task<std::string> receive_bytes();
  /// Errors also: WebSocketError 1007 for a text that is not JSON.
  [[nodiscard]] Task<json> receive_json();
  /// A value of the model from a text. Errors also: ValidationError with all errors; the handler may then receive the
  /// next message.
  template <class T>
  [[nodiscard]] Task<T> receive() {
    const std::string text = co_await receive_text();
    co_return decode_request_json<T>(text, no_place());
  }

  /// The send functions wait while the client is behind (backpressure). Errors: WebSocketDisconnect; `std::logic_error`
  /// before `accept`; `std::invalid_argument` for a text that is not UTF-8.
  [[nodiscard]] Task<void> send_text(std::string text);
  [[nodiscard]] Task<void> send_bytes(std::string bytes);
  [[nodiscard]] Task<void> send_json(const json& value) { return send_text(schema::to_text(value)); }
  /// Sends the value as JSON.
  template <class T>
  [[nodiscard]] Task<void> send(const T& value) {
    static_assert(!std::is_convertible_v<T, std::string_view>,
                  "serval: send a text with send_text, or with send_json, which puts it into JSON quotes");
    return send_text(encode_json(value));
  }
  template <class T>
  requires detail::NeedsAName<T> Task<void> send(T&& value)
  = delete;  // give the value a name, see NeedsAName

  /// Sends a close frame and waits for the client's, at most `WebSocketOptions::close_timeout`. Before `accept` it
  /// refuses the handshake with 403, and does not send code and reason. Errors: `std::invalid_argument`, see
  /// `WebSocketError`.
  [[nodiscard]] Task<void> close(int code = 1000, std::string_view reason = {});
  /// Whether messages can be sent.
  [[nodiscard]] bool is_open() const noexcept;

  /// For other threads, and for code that does not wait. Errors: `std::logic_error` before `accept`.
  [[nodiscard]] std::shared_ptr<http::WebSocketSender> sender() const;
  [[nodiscard]] const Request& request() const noexcept;

  /// For the library, which calls handlers. Errors: `std::logic_error` if the request is not a handshake.
  void attach(http::Exchange& exchange);

 private:
  /// The location of a message, which is not part of the request: empty.
  static const std::vector<schema::Issue::Place>& no_place();
  [[nodiscard]] http::WebSocketChannel& answered() const;
  [[nodiscard]] Task<std::string> receive_kind(WebSocketMessage::Kind kind);

  http::Exchange* exchange_ = nullptr;
};

/// A WebSocket with JSON of these types, which the document shows. `Out` is `In` by default; `In` may be a variant.
template <class In, class Out>
class WebSocketOf : public WebSocket {
 public:
  /// As `WebSocket::receive<In>`.
  [[nodiscard]] Task<In> receive() { return WebSocket::receive<In>(); }
  [[nodiscard]] Task<void> send(const Out& value) { return WebSocket::send(value); }
  template <class T>
  requires detail::NeedsAName<T> Task<void> send(T&& value)
  = delete;  // give the value a name, see NeedsAName
};

namespace detail {

template <class Socket>
struct WebSocketArgumentTraits {
  using Slot = Socket;
  static constexpr ArgumentSpec spec() { return {.fill = &fill}; }
  static Socket& get(Slot& slot) { return slot; }

 private:
  static void fill(http::Exchange& exchange, void* slot) { static_cast<Socket*>(slot)->attach(exchange); }
};

/// By value or const reference: a compile error. The reference types have their own specialisations.
template <class A>
requires std::derived_from<std::remove_cvref_t<A>, WebSocket>
struct ArgumentTraits<A> {
  static_assert(
      !std::is_same_v<A, A>,
      "serval: a WebSocket belongs to its connection; take it by reference: WebSocket& or WebSocketOf<In, Out>&");
  using Slot = std::remove_cvref_t<A>;
  static constexpr ArgumentSpec spec() { return {}; }
  static A get(Slot& slot);
};
template <>
struct ArgumentTraits<WebSocket&> : WebSocketArgumentTraits<WebSocket> {};
template <class In, class Out>
struct ArgumentTraits<WebSocketOf<In, Out>&> : WebSocketArgumentTraits<WebSocketOf<In, Out>> {};

template <>
struct StreamSpec<WebSocket&> {
  static constexpr bool is_stream = true;
  static constexpr ResponseSpec value{.status_code = 101, .content = ResponseContent::web_socket};
};
template <class In, class Out>
struct StreamSpec<WebSocketOf<In, Out>&> {
  static constexpr bool is_stream = true;
  static constexpr ResponseSpec value{.status_code = 101,
                                      .type = type_of_part<Out>(),
                                      .content = ResponseContent::web_socket,
                                      .default_status = 101,
                                      .received = type_of_part<In>()};
};

}  // namespace detail
}  // namespace serval
