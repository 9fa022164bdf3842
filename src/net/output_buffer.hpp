// SPDX-License-Identifier: MIT
// Answers on their way to the socket: everything that has been formatted and not yet sent.
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

/// A run of answers, then perhaps one body that is sent from where the handler left it: a large text or a file.
struct OutputBuffer final : Outgoing {
  std::string bytes;
  std::string large_body;
  FileSender file;
  std::size_t sent = 0;  ///< of bytes and large_body
  std::size_t answers = 0;
  std::uint64_t dropped = 0;    ///< of bytes, sent and given back
  std::uint64_t file_sent = 0;  ///< of the file

  [[nodiscard]] bool empty() const noexcept override { return only_file_left() && file.empty(); }
  std::size_t write(Transport& transport, std::size_t most_of_file, boost::system::error_code& error) override {
    if (only_file_left()) {
      const std::size_t written = file.send(transport, most_of_file, error);
      file_sent += written;
      return written;
    }
    const auto pieces = unsent();
    // The head waits for the first bytes of its file, to leave with them.
    const auto then = file.empty() ? Transport::Then::pause : Transport::Then::more;
    const std::size_t written =
        transport.write_some(std::span(pieces).first(pieces[1].size() == 0 ? 1 : 2), then, error);
    sent += written;
    return written;
  }
  [[nodiscard]] bool only_file_left() const noexcept { return sent == bytes.size() + large_body.size(); }
  /// Adds the turn of the last answer, to be finished after it has been written.
  void add(std::unique_ptr<Turn> turn) noexcept {
    ++answers;
    Turn* const last = turn.get();
    (last_answered_ != nullptr ? last_answered_->next : answered_) = std::move(turn);
    last_answered_ = last;
  }
  /// Removes and returns the turns of all answers, a chain in order.
  [[nodiscard]] std::unique_ptr<Turn> take_answered() noexcept {
    last_answered_ = nullptr;
    return std::move(answered_);
  }
  [[nodiscard]] std::array<boost::asio::const_buffer, 2> unsent() const noexcept {
    const std::size_t from_body = sent > bytes.size() ? sent - bytes.size() : 0;
    return {boost::asio::buffer(bytes) + sent, boost::asio::buffer(large_body) + from_body};
  }
  /// Where the next answer begins, counted from the first byte that this buffer has had.
  [[nodiscard]] std::uint64_t end_position() const noexcept { return dropped + bytes.size() + large_body.size(); }
  /// So far everything has been handed to the system.
  [[nodiscard]] std::uint64_t sent_position() const noexcept { return dropped + sent + file_sent; }
  /// Gives back the room of what was sent, where that is worth it.
  void drop_sent() {
    if (sent < batch_bytes || sent > bytes.size()) return;
    bytes.erase(0, sent);
    dropped += sent;
    sent = 0;
  }
  /// Keeps what memory an ordinary batch needs.
  void reset() noexcept {
    bytes.clear();
    if (bytes.capacity() > kept_bytes) std::string().swap(bytes);
    std::string().swap(large_body);
    file.reset();
    sent = answers = 0;
    dropped = file_sent = 0;
  }

  /// From so many bytes or answers on a batch is written before more is read: no client makes the server pile up.
  static constexpr std::size_t batch_bytes = 64 * 1024;
  static constexpr std::size_t batch_answers = 64;

 private:
  static constexpr std::size_t kept_bytes = 2 * batch_bytes;

  std::unique_ptr<Turn> answered_;
  Turn* last_answered_ = nullptr;
};

}  // namespace serval::detail
