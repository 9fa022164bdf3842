// SPDX-License-Identifier: MIT
// A buffer with the unread bytes of a connection and room for more.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace serval::detail {

/// Its memory never moves, so that views of the bytes stay valid. A connection borrows a buffer from its loop only
/// while it works on bytes, so that an idle connection has none.
class InputBuffer {
 public:
  /// Room for the largest head that the default limits allow, and the same amount for the bytes after it.
  static constexpr std::size_t standard_bytes = 32 * 1024;
  /// The size for bodies that are read while their handler runs. A larger buffer would not fit into the processor's
  /// second-level cache.
  static constexpr std::size_t large_bytes = 256 * 1024;

  explicit InputBuffer(std::size_t capacity)
      : memory_(std::make_unique_for_overwrite<char[]>(capacity)), capacity_(capacity) {}

  [[nodiscard]] std::string_view unread() const noexcept { return {memory_.get() + begin_, end_ - begin_}; }
  [[nodiscard]] std::span<char> room() noexcept { return {memory_.get() + end_, capacity_ - end_}; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  /// Returns the position of the first unread byte.
  [[nodiscard]] std::size_t position() const noexcept { return begin_; }

  void commit(std::size_t bytes) noexcept { end_ += bytes; }
  void consume(std::size_t bytes) noexcept { begin_ += bytes; }
  /// Drops all bytes at `position` and after it.
  void rewind(std::size_t position) noexcept { begin_ = end_ = position; }
  /// Replaces the contents with `bytes`. REQUIRES: they fit.
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
