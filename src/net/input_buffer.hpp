// SPDX-License-Identifier: MIT
// The bytes that were read from a connection and the room for more.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace serval::detail {

/// Fixed memory, so that views of what was read stay good. Borrowed from the loop while bytes are worked on, so that
/// an idle connection has none.
class InputBuffer {
 public:
  /// Room for the greatest head by default, and as much again for what follows it.
  static constexpr std::size_t standard_bytes = 32 * 1024;
  /// For bodies that are read while their handler runs: more would leave the processor's second cache.
  static constexpr std::size_t large_bytes = 256 * 1024;

  explicit InputBuffer(std::size_t capacity)
      : memory_(std::make_unique_for_overwrite<char[]>(capacity)), capacity_(capacity) {}

  [[nodiscard]] std::string_view unread() const noexcept { return {memory_.get() + begin_, end_ - begin_}; }
  [[nodiscard]] std::span<char> room() noexcept { return {memory_.get() + end_, capacity_ - end_}; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  /// Where the unread bytes begin.
  [[nodiscard]] std::size_t position() const noexcept { return begin_; }

  void commit(std::size_t bytes) noexcept { end_ += bytes; }
  void consume(std::size_t bytes) noexcept { begin_ += bytes; }
  /// Drops all that lies at `position` or after it.
  void rewind(std::size_t position) noexcept { begin_ = end_ = position; }
  /// Starts anew with these bytes. REQUIRES: they fit.
  void load(std::string_view bytes) noexcept {
    begin_ = 0;
    end_ = bytes.size();
    std::copy(bytes.begin(), bytes.end(), memory_.get());
  }

 private:
  std::unique_ptr<char[]> memory_;
  std::size_t capacity_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace serval::detail
