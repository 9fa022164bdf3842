// SPDX-License-Identifier: MIT
// The frames of a WebSocket that wait to be sent. No I/O.
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
    std::shared_ptr<const std::string> payload{};  ///< shared with other connections where many get the same; or null
    std::size_t counted_bytes = 0;                 ///< of the bound that senders of other threads have

    [[nodiscard]] std::size_t size() const noexcept { return head.size + (payload ? payload->size() : 0); }
  };

  [[nodiscard]] bool empty() const noexcept { return items_.empty(); }
  /// Not sent yet.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_ - sent_; }

  void push(Item item);
  /// Before all messages but the one that is on its way. Where many pongs wait, one more takes the place of the last:
  /// only the latest ping needs an answer (RFC 6455 section 5.5.3).
  void push_soon(Item item);
  static constexpr std::size_t max_waiting_pongs = 16;
  /// Keeps what is on its way, and the answer to the handshake. Tells whether a close frame is among what was kept.
  bool drop_waiting() noexcept;
  void clear() noexcept;

  static constexpr std::size_t max_buffers = 32;
  using Buffers = std::array<boost::asio::const_buffer, max_buffers>;
  /// What to send next, in as many buffers as there are or fit. REQUIRES: not empty.
  [[nodiscard]] std::span<const boost::asio::const_buffer> next(Buffers& buffers) const noexcept;
  /// What of it has been sent as a whole.
  struct Sent {
    std::size_t counted_bytes = 0;
    std::size_t frame_bytes = 0;  ///< all of it but the answer to the handshake
    bool close = false;
  };
  Sent advance(std::size_t bytes) noexcept;

 private:
  [[nodiscard]] bool is_begun(const Item& item) const noexcept {
    return item.kind == Item::Kind::answer || (sent_ != 0 && &item == &items_.front());
  }

  Ring<Item> items_;
  std::size_t bytes_ = 0;
  std::size_t sent_ = 0;  // of the first
};

}  // namespace serval::detail
