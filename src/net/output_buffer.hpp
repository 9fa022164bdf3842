// SPDX-License-Identifier: MIT
// The responses that have been formatted and wait to be written to the transport.
#pragma once

#include <boost/asio/buffer.hpp>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "net/file_sender.hpp"
#include "net/outgoing.hpp"
#include "net/turn.hpp"

namespace serval::detail {

/// The bytes of one or more responses, and after them at most one body that is not copied: a large text or a file.
struct OutputBuffer final : Outgoing {
  std::string bytes;
  std::string large_body;
  FileSender file;
  std::size_t sent = 0;  ///< written bytes of `bytes` and `large_body` together
  std::size_t answers = 0;
  std::uint64_t dropped = 0;    ///< bytes that `drop_sent` has removed from `bytes`
  std::uint64_t file_sent = 0;  ///< written bytes of the file

  [[nodiscard]] bool empty() const noexcept override { return only_file_left() && file.empty(); }
  std::size_t write(Transport& transport, std::size_t most_of_file, boost::system::error_code& error) override {
    if (only_file_left()) {
      const std::size_t written = file.send(transport, most_of_file, error);
      file_sent += written;
      return written;
    }
    const auto pieces = unsent();
    // The system may hold back the head until it can be sent together with the first bytes of the file.
    const auto then = file.empty() ? Transport::Then::pause : Transport::Then::more;
    const std::size_t written =
        transport.write_some(std::span(pieces).first(pieces[1].size() == 0 ? 1 : 2), then, error);
    sent += written;
    return written;
  }
  [[nodiscard]] bool only_file_left() const noexcept { return sent == bytes.size() + large_body.size(); }
  /// Adds the turn of the response that was formatted last. The turn is finished after the response has been written.
  void add(std::unique_ptr<Turn> turn) noexcept {
    ++answers;
    Turn* const last = turn.get();
    (last_answered_ != nullptr ? last_answered_->next : answered_) = std::move(turn);
    last_answered_ = last;
  }
  /// Removes and returns the turns of all responses, as a chain in their order.
  [[nodiscard]] std::unique_ptr<Turn> take_answered() noexcept {
    last_answered_ = nullptr;
    return std::move(answered_);
  }
  [[nodiscard]] std::array<boost::asio::const_buffer, 2> unsent() const noexcept {
    const std::size_t from_body = sent > bytes.size() ? sent - bytes.size() : 0;
    return {boost::asio::buffer(bytes) + sent, boost::asio::buffer(large_body) + from_body};
  }
  /// The position of the next response, counted from the first byte that was put into this buffer.
  [[nodiscard]] std::uint64_t end_position() const noexcept { return dropped + bytes.size() + large_body.size(); }
  /// The position up to which everything has been passed to the system.
  [[nodiscard]] std::uint64_t sent_position() const noexcept { return dropped + sent + file_sent; }
  /// Removes written bytes from `bytes` if there are enough of them to be worth the copy.
  void drop_sent() {
    if (sent < batch_bytes || sent > bytes.size()) return;
    bytes.erase(0, sent);
    dropped += sent;
    sent = 0;
  }
  /// Empties the buffer. Keeps only as much memory as an ordinary batch needs.
  void reset() noexcept {
    bytes.clear();
    if (bytes.capacity() > kept_bytes) std::string().swap(bytes);
    std::string().swap(large_body);
    file.reset();
    sent = answers = 0;
    dropped = file_sent = 0;
  }

  /// A batch of this many bytes or responses is written before more requests are read, so that no client can make
  /// responses accumulate in the server.
  static constexpr std::size_t batch_bytes = 64 * 1024;
  static constexpr std::size_t batch_answers = 64;

 private:
  static constexpr std::size_t kept_bytes = 2 * batch_bytes;

  std::unique_ptr<Turn> answered_;
  Turn* last_answered_ = nullptr;
};

}  // namespace serval::detail
