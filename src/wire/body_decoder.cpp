// SPDX-License-Identifier: MIT
#include "wire/body_decoder.hpp"

#include <algorithm>
#include <limits>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::detail {

namespace {

/// Returns whether a byte is forbidden in field values and in chunk extensions (RFC 9110 section 5.5).
[[nodiscard]] bool is_forbidden(char c) noexcept { return is_control(c) && c != '\t'; }

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

}  // namespace

void BodyDecoder::start(const RequestFraming& framing, std::uint64_t max_bytes) noexcept {
  *this = BodyDecoder{};
  room_ = max_bytes == 0 ? unlimited : max_bytes;
  switch (framing.body) {
    case RequestFraming::Body::none:
      break;
    case RequestFraming::Body::length:
      remaining_ = framing.content_length;
      state_ = remaining_ == 0 ? State::done : State::data;
      break;
    case RequestFraming::Body::chunked:
      chunked_ = true;
      state_ = State::size_start;
      break;
  }
}

BodyDecoder::Step BodyDecoder::decode(std::string_view bytes, const http::Limits& limits) noexcept {
  std::size_t at = 0;
  for (;;) {
    if (state_ == State::done) return {.event = Event::done, .consumed = at};
    if (at == bytes.size()) return {.event = Event::need_more, .consumed = at};
    if (state_ == State::data) {
      const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes.size() - at));
      remaining_ -= take;
      if (remaining_ == 0) state_ = chunked_ ? State::data_cr : State::done;
      return {.event = Event::data, .consumed = at + take, .data = bytes.substr(at, take)};
    }
    if (!frame(bytes[at], limits)) return {.event = Event::refused, .consumed = at};
    ++at;
  }
}

bool BodyDecoder::fault(int status, std::string_view why) noexcept {
  refusal_ = {status, why};
  return false;
}

// RFC 9112 section 7.1. Only CRLF is accepted as a line end, as in the head.
bool BodyDecoder::frame(char c, const http::Limits& limits) noexcept {
  switch (state_) {
    case State::size_start:
      if (hex_value(c) < 0) return fault(400, "Malformed chunk size");
      remaining_ = 0;
      size_digits_ = 0;
      state_ = State::size;
      return size_digit(c);
    case State::size:
      return hex_value(c) >= 0 ? size_digit(c) : count_chunk() && after_size(c, limits);
    case State::size_space:
      return after_size(c, limits);
    case State::extension:
    case State::extension_quoted:
    case State::extension_escape:
      return extension(c, limits);
    case State::size_lf:
      if (c != '\n') return fault(400, "Chunk size line does not end in CRLF");
      state_ = remaining_ == 0 ? State::trailer_start : State::data;
      return true;
    case State::data_cr:
      if (c != '\r') return fault(400, "Chunk data does not end in CRLF");
      state_ = State::data_lf;
      return true;
    case State::data_lf:
      if (c != '\n') return fault(400, "Chunk data does not end in CRLF");
      state_ = State::size_start;
      return true;
    case State::end_lf:
      if (c != '\n') return fault(400, "Trailer section does not end in CRLF");
      state_ = State::done;
      return true;
    case State::trailer_start:
    case State::trailer_name:
    case State::trailer_value:
    case State::trailer_lf:
      return trailer(c, limits);
    case State::data:
    case State::done:
      break;  // not called: these states have no framing
  }
  return true;
}

bool BodyDecoder::size_digit(char c) noexcept {
  // Sixteen digits fill the number. More would overflow it, or be an unlimited number of leading zeros.
  if (++size_digits_ > 16) return fault(400, "Chunk size too large");
  remaining_ = remaining_ << 4U | static_cast<std::uint64_t>(hex_value(c));
  return true;
}

// Called before the bytes of the chunk arrive: a client that waits for a response before it sends them gets one.
bool BodyDecoder::count_chunk() noexcept {
  if (room_ == unlimited) return true;
  if (remaining_ > room_) return fault(413, "Request body too large");
  room_ -= remaining_;
  return true;
}

bool BodyDecoder::after_size(char c, const http::Limits& limits) noexcept {
  if (c == '\r' && state_ == State::size) {
    state_ = State::size_lf;
    return true;
  }
  if (c == ';') {
    state_ = State::extension;
  } else if (c == ' ' || c == '\t') {
    state_ = State::size_space;
  } else {
    return fault(400, "Malformed chunk size");
  }
  return count_extension_byte(limits);
}

bool BodyDecoder::count_extension_byte(const http::Limits& limits) noexcept {
  if (++extension_bytes_ <= limits.max_chunk_extension_bytes || limits.max_chunk_extension_bytes == 0) return true;
  return fault(400, "Chunk extensions too long");
}

// Extensions are skipped and not interpreted. A quoted string may contain ';' but no line end.
bool BodyDecoder::extension(char c, const http::Limits& limits) noexcept {
  if (c == '\r' && state_ == State::extension) {
    state_ = State::size_lf;
    return true;
  }
  if (is_forbidden(c)) return fault(400, "Control byte in a chunk extension");
  if (!count_extension_byte(limits)) return false;
  if (state_ == State::extension_escape) {
    state_ = State::extension_quoted;
  } else if (state_ == State::extension_quoted) {
    if (c == '\\') state_ = State::extension_escape;
    if (c == '"') state_ = State::extension;
  } else if (c == '"') {
    state_ = State::extension_quoted;
  }
  return true;
}

// Trailers are checked and dropped. Merged into the header fields, they would let a client add fields after the head
// was checked (RFC 9110 section 6.5.1).
bool BodyDecoder::trailer(char c, const http::Limits& limits) noexcept {
  if (state_ == State::trailer_start && c == '\r') {
    state_ = State::end_lf;
    return true;
  }
  if (++trailer_bytes_ > limits.max_trailer_bytes && limits.max_trailer_bytes != 0) {
    return fault(431, "Trailer section too large");
  }
  if (state_ == State::trailer_start) {
    if (!token_chars.contains(c)) return fault(400, "Malformed trailer");
    state_ = State::trailer_name;
  } else if (state_ == State::trailer_name) {
    if (c != ':' && !token_chars.contains(c)) return fault(400, "Malformed trailer");
    if (c == ':') state_ = State::trailer_value;
  } else if (state_ == State::trailer_value) {
    if (c != '\r' && is_forbidden(c)) return fault(400, "Malformed trailer");
    if (c == '\r') state_ = State::trailer_lf;
  } else {  // trailer_lf
    if (c != '\n') return fault(400, "Trailer does not end in CRLF");
    state_ = State::trailer_start;
  }
  return true;
}

}  // namespace serval::detail
