// SPDX-License-Identifier: MIT
#include "wire/web_socket_reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/utf8_check.hpp"

namespace serval::detail {

namespace {

/// Packed bytes are unmasked and unpacked in pieces of at most this size.
constexpr std::size_t scratch_bytes = 4096;

[[nodiscard]] std::uint64_t big_endian(std::string_view bytes) noexcept {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

}  // namespace

WebSocketReader::Event WebSocketReader::read(std::string_view& input) {
  for (;;) {
    Step step = in_payload_ ? read_payload(input) : read_head(input);
    if (step == Step::more) continue;
    if (step == Step::need_more) return Event::need_more;
    if (step == Step::failed) return Event::failed;
    if (const Event event = end_frame(); event != Event::need_more) return event;
  }
}

std::size_t WebSocketReader::head_bytes() const noexcept {
  constexpr std::size_t start_bytes = 2, mask_bytes = 4;
  const unsigned length = start(1) & 0x7F;
  return start_bytes + (length == 126 ? 2U : length == 127 ? 8U : 0U) + mask_bytes;
}

WebSocketReader::Step WebSocketReader::read_head(std::string_view& input) {
  while (head_size_ < 2 || head_size_ < head_bytes()) {
    if (input.empty()) return Step::need_more;
    head_[head_size_++] = input.front();
    input.remove_prefix(1);
    if (head_size_ > 2) continue;
    if (const Step step = check_start(); step == Step::failed) return step;
  }
  if (const Step step = check_length(); step == Step::failed) return step;
  std::copy_n(head_.begin() + head_size_ - mask_.size(), mask_.size(), mask_.begin());
  mask_at_ = 0;
  head_size_ = 0;
  in_payload_ = true;
  if (is_control()) {
    control_size_ = 0;
  } else if (opcode() != WebSocketOpcode::continuation) {
    in_message_ = true;
    is_text_ = opcode() == WebSocketOpcode::text;
    is_packed_ = (start(0) & 0x40) != 0;
    message_.clear();
    checked_ = 0;
  }
  return Step::more;
}

/// Checks the first byte of a head, and the second one when it has arrived.
WebSocketReader::Step WebSocketReader::check_start() {
  const unsigned code = start(0) & 0x0F;
  if (head_size_ == 1) {
    if ((start(0) & 0x30) != 0) return fail(close_protocol_error, "Reserved bits are set");
    const bool begins_data = code == 1 || code == 2;
    if ((start(0) & 0x40) != 0 && !(begins_data && codec_ != nullptr)) {
      return fail(close_protocol_error, "Reserved bits are set");
    }
    if (code > 10 || (code > 2 && code < 8)) return fail(close_protocol_error, "Reserved opcode");
    if (is_control() && !is_final()) return fail(close_protocol_error, "Fragmented control frame");
    if (begins_data && in_message_) return fail(close_protocol_error, "A message within a fragmented one");
    if (code == 0 && !in_message_) return fail(close_protocol_error, "Continuation of no message");
    return Step::more;
  }
  if ((start(1) & 0x80) == 0) return fail(close_protocol_error, "Frame without a mask");
  if (is_control() && (start(1) & 0x7F) > max_control_bytes)
    return fail(close_protocol_error, "Control frame too long");
  return Step::more;
}

WebSocketReader::Step WebSocketReader::check_length() {
  const unsigned length = start(1) & 0x7F;
  remaining_ = length;
  if (length > 125) {
    const std::size_t bytes = length == 126 ? 2 : 8;
    remaining_ = big_endian({head_.data() + 2, bytes});
    // RFC 6455 section 5.2: a length has its shortest form, and the most significant bit of a 64-bit length is 0.
    if (remaining_ <= (length == 126 ? 125U : 0xFFFFU) || remaining_ >> 63 != 0) {
      return fail(close_protocol_error, "Malformed length");
    }
  }
  const bool continues = opcode() == WebSocketOpcode::continuation;
  const bool is_plain = !is_control() && !(continues ? is_packed_ : (start(0) & 0x40) != 0);
  const std::size_t taken = continues ? message_.size() : 0;
  if (is_plain && max_message_bytes_ != 0 && remaining_ > max_message_bytes_ - taken) {
    return fail(close_too_big, "Message too big");
  }
  return Step::more;
}

WebSocketReader::Step WebSocketReader::read_payload(std::string_view& input) {
  if (remaining_ == 0) return Step::done;
  if (input.empty()) return Step::need_more;
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(input.size(), remaining_));
  const std::string_view piece = input.substr(0, size);
  input.remove_prefix(size);
  remaining_ -= size;
  if (is_control()) {
    std::memcpy(control_.data() + control_size_, piece.data(), size);
    unmask(control_.data() + control_size_, size);
    control_size_ += size;
    return Step::more;
  }
  return is_packed_ ? take_packed(piece) : take_data(piece);
}

WebSocketReader::Step WebSocketReader::take_data(std::string_view piece) {
  const std::size_t before = message_.size();
  message_.append(piece);
  unmask(message_.data() + before, piece.size());
  return check_text();
}

WebSocketReader::Step WebSocketReader::take_packed(std::string_view piece) {
  std::array<char, scratch_bytes> scratch;
  while (!piece.empty()) {
    const std::size_t size = piece.copy(scratch.data(), scratch.size());
    piece.remove_prefix(size);
    unmask(scratch.data(), size);
    const auto result = codec_->unpack({scratch.data(), size}, message_, max_message_bytes_);
    if (const Step step = after(result); step == Step::failed) return step;
  }
  return Step::more;
}

WebSocketReader::Step WebSocketReader::after(http::WebSocketCodec::Unpacked result) {
  switch (result) {
    case http::WebSocketCodec::Unpacked::corrupt:
      return fail(close_invalid_data, "Data that cannot be inflated");
    case http::WebSocketCodec::Unpacked::too_big:
      return fail(close_too_big, "Message too big");
    case http::WebSocketCodec::Unpacked::ok:
      break;
  }
  return check_text();
}

WebSocketReader::Step WebSocketReader::check_text() {
  if (is_text_ && check_utf8(message_, checked_) == Utf8Verdict::invalid) {
    return fail(close_invalid_data, "Text that is not UTF-8");
  }
  return Step::more;
}

WebSocketReader::Event WebSocketReader::end_frame() {
  in_payload_ = false;
  switch (opcode()) {
    case WebSocketOpcode::ping:
      return Event::ping;
    case WebSocketOpcode::pong:
      return Event::pong;
    case WebSocketOpcode::close:
      return end_close();
    case WebSocketOpcode::continuation:
    case WebSocketOpcode::text:
    case WebSocketOpcode::binary:
      break;
  }
  return is_final() ? end_message() : Event::need_more;
}

WebSocketReader::Event WebSocketReader::end_message() {
  in_message_ = false;
  if (is_packed_ && after(codec_->finish(message_, max_message_bytes_)) == Step::failed) return Event::failed;
  if (is_text_ && checked_ != message_.size()) {
    (void)fail(close_invalid_data, "Text that is not UTF-8");
    return Event::failed;
  }
  return Event::message;
}

WebSocketReader::Event WebSocketReader::end_close() {
  if (control_size_ == 0) return Event::close;
  if (control_size_ == 1 || !http::may_close_with(close_code())) {
    (void)fail(close_protocol_error, "Malformed close frame");
    return Event::failed;
  }
  if (!is_utf8(close_reason())) {
    (void)fail(close_invalid_data, "Close reason that is not UTF-8");
    return Event::failed;
  }
  return Event::close;
}

WebSocketMessage WebSocketReader::take_message() {
  WebSocketMessage message;
  message.kind = is_text_ ? WebSocketMessage::Kind::text : WebSocketMessage::Kind::binary;
  message.data = std::move(message_);
  message_ = std::string();
  return message;
}

int WebSocketReader::close_code() const noexcept {
  return control_size_ < 2 ? close_no_status : static_cast<int>(big_endian(control().substr(0, 2)));
}

std::string_view WebSocketReader::close_reason() const noexcept {
  return control_size_ < 2 ? std::string_view{} : control().substr(2);
}

void WebSocketReader::unmask(char* bytes, std::size_t size) noexcept {
  std::array<char, 8> mask;
  for (std::size_t i = 0; i < mask.size(); ++i) mask[i] = mask_[(mask_at_ + i) % mask_.size()];
  mask_at_ = (mask_at_ + size) % mask_.size();
  std::uint64_t wide = 0;
  std::memcpy(&wide, mask.data(), sizeof wide);
  for (; size >= sizeof wide; bytes += sizeof wide, size -= sizeof wide) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    word ^= wide;
    std::memcpy(bytes, &word, sizeof word);
  }
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(bytes[i] ^ mask[i]);
}

}  // namespace serval::detail
