// SPDX-License-Identifier: MIT
// Streamed responses, sent while the handler runs: bytes, JSON lines, server-sent events. A handler takes a writer by
// reference and is a coroutine: `[](EventSender<Tick>& events) -> Task<void> { co_await events.send({1}); }`.
#pragma once

#include <chrono>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/http/server_sent_event.hpp>
#include <serval/params/argument.hpp>
#include <serval/params/declared.hpp>
#include <serval/params/stream_spec.hpp>
#include <serval/schema/codec.hpp>

namespace serval {

namespace detail {

/// The base of all writers: the exchange whose response they send.
class StreamArgument {
 public:
  /// For the library, which calls handlers.
  void attach(http::Exchange& exchange) noexcept { exchange_ = &exchange; }

 protected:
  enum class Kind : std::uint8_t { bytes, json_lines, events };
  /// Sends the head with the first call. Errors: see `http::AnswerStream::write`.
  [[nodiscard]] Task<void> write_part(Kind kind, std::string bytes);
  [[nodiscard]] const Request& request() const noexcept { return exchange_->request; }
  /// How long an event stream may be silent before a comment is sent, so that no proxy closes it as idle.
  std::chrono::milliseconds silence_{15'000};

 private:
  [[nodiscard]] Task<void> begin_parts(Kind kind);
  http::Exchange* exchange_ = nullptr;
};

}  // namespace detail

/// Sends bytes. Status, header fields and content type are those of the handler's `Response&` at the first write; an
/// exception before it is answered like any other, one after it ends the connection.
/// Every write waits while the client is behind (backpressure), so that a handler never produces more than the network
/// takes. If the client disconnects, the handler is cancelled.
class StreamWriter : public detail::StreamArgument {
 public:
  /// Sends bytes. Errors: see `http::AnswerStream::write`.
  [[nodiscard]] Task<void> write(std::string bytes) { return write_part(Kind::bytes, std::move(bytes)); }
};

/// Sends values, each as a line of JSON (`application/jsonl`); the default type is `json`.
template <class T>
class JsonLines : public detail::StreamArgument {
 public:
  /// Sends one value as a line.
  [[nodiscard]] Task<void> send(const T& value) { return write_part(Kind::json_lines, encode_json(value) + '\n'); }
  Task<void> send(T&& value) requires detail::NeedsAName<T>
  = delete;  // give the value a name, see NeedsAName
};

/// Sends server-sent events (`text/event-stream`) and a comment if nothing was sent for 15 s; the default type is
/// `json`. `event` is the type of an event, and browsers use "message" if it is empty; `last_event_id` returns the `id`
/// when the client reconnects.
/// Errors: `std::invalid_argument`, see `http::append_event`.
template <class T>
class EventSender : public detail::StreamArgument {
 public:
  /// Sends the value as JSON.
  [[nodiscard]] Task<void> send(const T& data, std::string_view event = {}, std::string_view id = {}) {
    return send_text(encode_json(data), event, id);
  }
  Task<void> send(T&& data, std::string_view event = {}, std::string_view id = {}) requires detail::NeedsAName<T>
  = delete;  // give the value a name, see NeedsAName
  /// Sends the text unchanged.
  [[nodiscard]] Task<void> send_text(std::string_view data, std::string_view event = {}, std::string_view id = {}) {
    const ServerSentEvent whole{.data = std::string(data), .event = std::string(event), .id = std::string(id)};
    return send_event(whole);
  }
  [[nodiscard]] Task<void> send_event(const ServerSentEvent& event) {
    std::string bytes;
    http::append_event(bytes, event);
    return write_part(Kind::events, std::move(bytes));
  }
  Task<void> send_event(ServerSentEvent&& event) = delete;  // give the event a name, see NeedsAName

  /// Sets the silence after which a comment is sent. It applies from the next event on. Default 15 s; 0: never.
  void set_keep_alive(std::chrono::milliseconds silence) noexcept { silence_ = silence; }
  /// The id of the last event that this client received on an earlier connection; empty on its first.
  [[nodiscard]] std::string_view last_event_id() const noexcept {
    return request().header("last-event-id").value_or(std::string_view());
  }
};

namespace detail {

template <class Writer>
struct StreamArgumentTraits {
  using Slot = Writer;
  static constexpr ArgumentSpec spec() { return {.fill = &fill}; }
  static Writer& get(Slot& slot) { return slot; }

 private:
  static void fill(http::Exchange& exchange, void* slot) { static_cast<Writer*>(slot)->attach(exchange); }
};

/// By value or const reference: a compile error. The reference types have their own specialisations.
template <class A>
requires std::derived_from<std::remove_cvref_t<A>, StreamArgument>
struct ArgumentTraits<A> {
  static_assert(!std::is_same_v<A, A>,
                "serval: this argument belongs to its connection; take it by reference: StreamWriter&, "
                "JsonLines<T>& or EventSender<T>&");
  using Slot = std::remove_cvref_t<A>;
  static constexpr ArgumentSpec spec() { return {}; }
  static A get(Slot& slot);
};
template <>
struct ArgumentTraits<StreamWriter&> : StreamArgumentTraits<StreamWriter> {};
template <class T>
struct ArgumentTraits<JsonLines<T>&> : StreamArgumentTraits<JsonLines<T>> {};
template <class T>
struct ArgumentTraits<EventSender<T>&> : StreamArgumentTraits<EventSender<T>> {};

template <>
struct StreamSpec<StreamWriter&> {
  static constexpr bool is_stream = true;
  static constexpr ResponseSpec value{.content = ResponseContent::unknown};
};
template <class T>
struct StreamSpec<JsonLines<T>&> {
  static constexpr bool is_stream = true;
  static constexpr ResponseSpec value{
      .type = type_of_part<T>(), .content = ResponseContent::json_lines, .media_type = "application/jsonl"};
};
template <class T>
struct StreamSpec<EventSender<T>&> {
  static constexpr bool is_stream = true;
  static constexpr ResponseSpec value{
      .type = type_of_part<T>(), .content = ResponseContent::events, .media_type = "text/event-stream"};
};

}  // namespace detail
}  // namespace serval
