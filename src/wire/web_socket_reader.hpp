// SPDX-License-Identifier: MIT
// Reads the frames that a client sends, and assembles messages from them (RFC 6455 section 5). No I/O.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <serval/http/web_socket_extension.hpp>
#include <serval/http/web_socket_message.hpp>

#include "wire/web_socket_frame.hpp"

namespace serval::detail {

/// Accepts bytes in pieces of any size, and reports one event at a time. A violation of the protocol is reported with
/// the first byte that shows it.
class WebSocketReader {
 public:
  /// `max_message_bytes`: the limit for an unpacked message; 0: no limit. `codec`: null if no extension was negotiated.
  /// Lifetime: `codec` outlives the reader.
  WebSocketReader(std::size_t max_message_bytes, http::WebSocketCodec* codec) noexcept
      : max_message_bytes_(max_message_bytes), codec_(codec) {}

  enum class Event : std::uint8_t { need_more, message, ping, pong, close, failed };
  /// Consumes bytes from the front of `input` up to the next event; `need_more` has consumed all of them. REQUIRES:
  /// `read` has not returned `close` or `failed` yet.
  [[nodiscard]] Event read(std::string_view& input);

  /// Returns the message. REQUIRES: `read` has returned `message`, and the message was not taken yet.
  [[nodiscard]] WebSocketMessage take_message();
  /// The payload after `ping` and `pong`. Lifetime: valid until the next call of `read`.
  [[nodiscard]] std::string_view control() const noexcept { return {control_.data(), control_size_}; }
  /// The code after `close`; 1005 if the frame has none.
  [[nodiscard]] int close_code() const noexcept;
  [[nodiscard]] std::string_view close_reason() const noexcept;
  /// After `failed`: the code and the reason to close the connection with.
  struct Fault {
    int code = 0;
    std::string_view why;  ///< static text
  };
  [[nodiscard]] const Fault& fault() const noexcept { return fault_; }

 private:
  enum class Step : std::uint8_t { more, need_more, done, failed };

  Step read_head(std::string_view& input);
  Step check_start();
  Step check_length();
  Step read_payload(std::string_view& input);
  Step take_data(std::string_view piece);
  Step take_packed(std::string_view piece);
  Step after(http::WebSocketCodec::Unpacked result);
  Step check_text();
  Event end_frame();
  Event end_message();
  Event end_close();
  Step fail(int code, std::string_view why) noexcept {
    fault_ = {code, why};
    return Step::failed;
  }
  void unmask(char* bytes, std::size_t size) noexcept;

  [[nodiscard]] unsigned start(std::size_t index) const noexcept { return static_cast<unsigned char>(head_[index]); }
  [[nodiscard]] std::size_t head_bytes() const noexcept;
  [[nodiscard]] bool is_final() const noexcept { return (start(0) & 0x80) != 0; }
  [[nodiscard]] bool is_control() const noexcept { return (start(0) & 0x08) != 0; }
  [[nodiscard]] WebSocketOpcode opcode() const noexcept { return static_cast<WebSocketOpcode>(start(0) & 0x0F); }

  const std::size_t max_message_bytes_;
  http::WebSocketCodec* const codec_;

  std::array<char, 14> head_{};  // the head of the current frame
  std::uint8_t head_size_ = 0;
  bool in_payload_ = false;
  std::uint64_t remaining_ = 0;  // bytes of its payload that follow
  std::array<char, 4> mask_{};
  std::size_t mask_at_ = 0;

  bool in_message_ = false;  // more fragments of the message follow
  bool is_text_ = false;
  bool is_packed_ = false;
  std::string message_;
  std::size_t checked_ = 0;  // bytes of a text that are known to be UTF-8

  std::array<char, max_control_bytes> control_{};
  std::size_t control_size_ = 0;
  Fault fault_;
};

}  // namespace serval::detail
