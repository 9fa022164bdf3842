// SPDX-License-Identifier: MIT
// Decodes the body of a request from the bytes after its head: by length or chunk by chunk. The third step for a
// request, after the head scanner and the parser. No I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <serval/http/limits.hpp>

#include "wire/request_framing.hpp"

namespace serval::detail {

/// Outside chunk data it is a state machine over single bytes, so that no line, let alone a trailer section, must be
/// complete in one buffer. Beast 1.81 requires that, and reports some faults only after the last chunk has arrived.
class BodyDecoder {
 public:
  enum class Event { data, done, need_more, refused };
  struct Step {
    Event event = Event::need_more;
    std::size_t consumed = 0;  ///< consumed bytes, including framing
    std::string_view data{};   ///< a view into the given bytes, for `Event::data`
  };

  /// Starts a new message. `max_bytes`: the limit for the sum of the chunk sizes, which are added up as they are
  /// announced; beyond it: 413; 0: no limit. The caller must check a length that the head announces.
  void start(const RequestFraming& framing, std::uint64_t max_bytes = 0) noexcept;

  /// Consumes bytes up to the next event; `need_more` has consumed all of them.
  /// Errors: `Event::refused`, see `refusal()`; the end of the message is then unknown.
  [[nodiscard]] Step decode(std::string_view bytes, const http::Limits& limits) noexcept;

  [[nodiscard]] const Refusal& refusal() const noexcept { return refusal_; }

 private:
  enum class State : std::uint8_t {
    data,  // inside the body or a chunk: `remaining_` bytes follow
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

  /// Handles one byte of chunk framing. Returns false if the byte is refused.
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
  std::uint64_t room_ = 0;  // bytes allowed in further chunks; the largest number: no limit
  std::size_t extension_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  Refusal refusal_;
};

}  // namespace serval::detail
