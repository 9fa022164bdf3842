// SPDX-License-Identifier: MIT
// The queue of WebSocket frames that wait to be sent. No I/O.
#pragma once

#include <boost/asio/buffer.hpp>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "net/ring.hpp"
#include "wire/web_socket_frame.hpp"

namespace serval::detail {

class WebSocketOutbox {
 public:
  struct Item {
    enum class Kind : std::uint8_t { answer, message, ping, pong, close };
    Kind kind = Kind::message;
    WebSocketFrameHead head{};                     ///< empty for the answer to the handshake
    std::shared_ptr<const std::string> payload{};  ///< may be shared with other connections that send the same; or null
    std::size_t counted_bytes = 0;                 ///< counts towards the bound of `QueuedSender`

    [[nodiscard]] std::size_t size() const noexcept { return head.size + (payload ? payload->size() : 0); }
  };

  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  /// The number of bytes that have not been sent yet.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_ - sent_; }

  void push(Item item);
  /// Adds a control frame before all messages except one that is partly sent. If `max_waiting_pongs` pongs are waiting,
  /// a new pong replaces the last one: only the latest ping needs an answer (RFC 6455 section 5.5.3).
  void push_soon(Item item);
  static constexpr std::size_t max_waiting_pongs = 16;
  /// Removes all frames except one that is partly sent and the answer to the handshake. Returns whether a close frame
  /// is among those that it keeps.
  bool drop_waiting() noexcept;
  void clear() noexcept;

  static constexpr std::size_t max_buffers = 32;
  using Buffers = std::array<boost::asio::const_buffer, max_buffers>;
  /// Returns the bytes to send next, in as many buffers as there are or fit. REQUIRES: not empty.
  [[nodiscard]] std::span<const boost::asio::const_buffer> next(Buffers& buffers) const noexcept;
  /// The items that have been sent completely.
  struct Sent {
    std::size_t counted_bytes = 0;
    std::size_t frame_bytes = 0;  ///< without the answer to the handshake
    bool close = false;
  };
  Sent advance(std::size_t bytes) noexcept;

 private:
  [[nodiscard]] bool is_begun(const Item& item) const noexcept {
    return item.kind == Item::Kind::answer || (sent_ != 0 && &item == &items_.front());
  }

  Ring<Item> items_;
  std::size_t bytes_ = 0;
  std::size_t sent_ = 0;  // bytes of the first item
};

}  // namespace serval::detail
