// SPDX-License-Identifier: MIT
// Sends to a WebSocket from any thread: queues messages until the WebSocket's loop takes them. The loop is woken once
// for all messages that arrive before it takes them.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <serval/handler/web_socket_channel.hpp>

#include "net/loop.hpp"

namespace serval::detail {

class WebSocketSession;

class QueuedSender final : public http::WebSocketSender, public std::enable_shared_from_this<QueuedSender> {
 public:
  QueuedSender(Loop& loop, WebSocketSession& session, std::size_t max_queued_bytes) noexcept
      : loop_(loop), session_(&session), max_queued_bytes_(max_queued_bytes) {}

  bool send(WebSocketMessage::Kind kind, std::shared_ptr<const std::string> data) noexcept override;
  bool close(int code, std::string reason) noexcept override;

  // --- for the session, on its loop --------------------------------------------------------------
  struct Message {
    WebSocketMessage::Kind kind;
    std::shared_ptr<const std::string> data;
  };
  struct Close {
    int code;
    std::string reason;
  };
  struct Batch {
    std::vector<Message> messages;
    std::optional<Close> close;      ///< sent after the messages
    bool is_too_far_behind = false;  ///< the bound was exceeded
  };
  /// Removes and returns what was queued since the last call.
  [[nodiscard]] Batch take();
  /// Called when messages have been sent: frees `counted_bytes` of the bound.
  void on_sent(std::size_t counted_bytes) noexcept;
  /// Called when the WebSocket takes nothing more: drops all that is queued.
  void end() noexcept;

  /// Returns how many bytes of the bound a message takes. Even an empty message takes memory.
  [[nodiscard]] static std::size_t counted_bytes(std::size_t payload_bytes) noexcept { return payload_bytes + 64; }

 private:
  void wake();
  void deliver();

  Loop& loop_;  // outlives the session
  std::mutex mutex_;
  WebSocketSession* session_;  // mutex_ guards this and all members below; null after `end`
  Batch batch_;
  std::size_t queued_bytes_ = 0;
  bool is_woken_ = false;
  bool takes_more_ = true;
  const std::size_t max_queued_bytes_;
};

}  // namespace serval::detail
