// SPDX-License-Identifier: MIT
// Sends to a WebSocket from any thread: keeps the messages until its loop takes them, woken once for as many as come
// meanwhile.
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
    std::optional<Close> close;      ///< behind the messages
    bool is_too_far_behind = false;  ///< the bound was passed
  };
  /// What came since the last time.
  [[nodiscard]] Batch take();
  /// So much of the bound is free again.
  void on_sent(std::size_t counted_bytes) noexcept;
  /// The WebSocket takes nothing more.
  void end() noexcept;

  /// What a message counts: also an empty one takes memory.
  [[nodiscard]] static std::size_t counted_bytes(std::size_t payload_bytes) noexcept { return payload_bytes + 64; }

 private:
  void wake();
  void deliver();

  Loop& loop_;  // outlives the session
  std::mutex mutex_;
  WebSocketSession* session_;  // guarded by mutex_, as all below; null once it takes nothing more
  Batch batch_;
  std::size_t queued_bytes_ = 0;
  bool is_woken_ = false;
  bool takes_more_ = true;
  const std::size_t max_queued_bytes_;
};

}  // namespace serval::detail
