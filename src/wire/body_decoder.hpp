// SPDX-License-Identifier: MIT
// Takes the body of a request out of the bytes after its head: by length or chunk by chunk. Third step of the way
// in. No I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <serval/http/limits.hpp>

#include "wire/request_framing.hpp"

namespace serval::detail {

/// A state machine over single bytes outside chunk data, so that it never needs a line, let alone a trailer section,
/// whole in one buffer. Beast 1.81 does, and reports some faults only once the last chunk has come.
class BodyDecoder {
 public:
  enum class Event { data, done, need_more, refused };
  struct Step {
    Event event = Event::need_more;
    std::size_t consumed = 0;  ///< bytes used up, framing included
    std::string_view data{};   ///< a view into the bytes given, for `Event::data`
  };

  /// For a new message. `max_bytes`: of chunks, whose sizes are added up as they are announced: 413 beyond; 0 for no
  /// limit. A length that the head announces is the caller's to look at.
  void start(const RequestFraming& framing, std::uint64_t max_bytes = 0) noexcept;

  /// Takes bytes until there is something to tell. `need_more` has consumed everything.
  /// Errors: `Event::refused`, see `refusal()`; the end of the message is then not known.
  [[nodiscard]] Step decode(std::string_view bytes, const http::Limits& limits) noexcept;

  [[nodiscard]] const Refusal& refusal() const noexcept { return refusal_; }

 private:
  enum class State : std::uint8_t {
    data,  // inside the body or a chunk: `remaining_` bytes to come
    done,
    size_start,  // first hex digit of a chunk size
    size,
    size_space,  // white space after the size: only ';' may follow
    extension,   // after ';', up to CR
    extension_quoted,
    extension_escape,
    size_lf,
    data_cr,
    data_lf,
    trailer_start,  // first byte of a trailer line
    trailer_name,
    trailer_value,
    trailer_lf,
    end_lf,
  };

  /// One byte of chunk framing; false when it was refused.
  bool frame(char c, const http::Limits& limits) noexcept;
  bool size_digit(char c) noexcept;
  bool after_size(char c, const http::Limits& limits) noexcept;
  bool count_chunk() noexcept;
  bool count_extension_byte(const http::Limits& limits) noexcept;
  bool extension(char c, const http::Limits& limits) noexcept;
  bool trailer(char c, const http::Limits& limits) noexcept;
  bool fault(int status, std::string_view why) noexcept;

  State state_ = State::done;
  bool chunked_ = false;
  std::uint8_t size_digits_ = 0;
  std::uint64_t remaining_ = 0;
  std::uint64_t room_ = 0;  // for further chunks; the greatest number: no limit
  std::size_t extension_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  Refusal refusal_;
};

}  // namespace serval::detail
