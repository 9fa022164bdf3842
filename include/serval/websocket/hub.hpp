// SPDX-License-Identifier: MIT
// Sends messages to many WebSockets at once: a chat room, a dashboard.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/handler/web_socket_channel.hpp>
#include <serval/schema/codec.hpp>
#include <serval/websocket/web_socket.hpp>

namespace serval {

/// The WebSockets that have joined, by topic. All copies share the same members, so that a hub can be provided as
/// state:
/// ```
/// app.provide(Hub{});
/// app.websocket("/chat")([](WebSocket& socket, State<Hub> hub) -> Task<void> {
///   co_await socket.accept();
///   const Hub::Member member = hub->join(socket);
///   for (;;) hub->broadcast_text(co_await socket.receive_text());
/// });
/// ```
/// A broadcast never waits: the message is queued on each member's connection, and all share one text. A member that is
/// further behind than `WebSocketOptions::max_queued_bytes` is closed with 1013. All members of a topic get the
/// messages of all threads in the same order.
/// Thread safety: all of it.
class Hub {
 public:
  /// A membership; ends with this object.
  class Member {
   public:
    Member() noexcept = default;
    Member(Member&& other) noexcept = default;
    Member& operator=(Member&& other) noexcept;
    ~Member();
    /// Ends the membership now.
    void leave() noexcept;

   private:
    friend class Hub;
    struct Place;  // its entry in the hub
    explicit Member(std::unique_ptr<Place> place) noexcept;
    std::unique_ptr<Place> place_;
  };

  Hub();

  /// From now on `socket` gets the messages that are sent to `topic`. Errors: `std::logic_error` before it was
  /// accepted.
  [[nodiscard]] Member join(const WebSocket& socket, std::string_view topic = {});

  /// Sends to all members of the topic, or to all except `but`. Returns the number of those whose WebSocket has not
  /// ended.
  /// Errors: `std::invalid_argument` for a text that is not UTF-8.
  std::size_t broadcast_text(std::string text, std::string_view topic = {}, const Member* but = nullptr);
  std::size_t broadcast_bytes(std::string bytes, std::string_view topic = {}, const Member* but = nullptr);
  std::size_t broadcast_json(const json& value, std::string_view topic = {}, const Member* but = nullptr) {
    return broadcast_text(schema::to_text(value), topic, but);
  }
  /// Sends the value as JSON.
  template <class T>
  std::size_t broadcast(const T& value, std::string_view topic = {}, const Member* but = nullptr) {
    static_assert(!std::is_convertible_v<T, std::string_view>,
                  "serval: send a text with broadcast_text, or with broadcast_json, which puts it into JSON quotes");
    return broadcast_text(encode_json(value), topic, but);
  }

  /// The number of members of a topic.
  [[nodiscard]] std::size_t size(std::string_view topic = {}) const;
  /// Closes all members of every topic. Errors: see `WebSocketError`.
  void close_all(int code = 1001, std::string_view reason = {});

 private:
  struct Members;
  std::size_t broadcast_message(WebSocketMessage::Kind kind, std::string data, std::string_view topic,
                                const Member* but);
  std::shared_ptr<Members> members_;
};

}  // namespace serval
