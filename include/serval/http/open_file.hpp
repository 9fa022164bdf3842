// SPDX-License-Identifier: MIT
// A regular file, opened for reading: what a FileResponse sends.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace serval::http {

/// Owns its descriptor. Size, time and etag are those at the time of opening.
class OpenFile {
 public:
  /// Waits for nothing: a pipe is refused, not opened. Errors: `std::system_error` with what the system says; a
  /// directory, a pipe, a device are `std::errc::invalid_argument`.
  explicit OpenFile(const std::string& path);
  /// Takes over an open descriptor, which is closed if this fails; `name` is for the message. Errors: as above.
  OpenFile(int descriptor, const std::string& name);
  OpenFile(OpenFile&& other) noexcept;
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile();

  /// The descriptor, which this object closes.
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  /// In bytes.
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// When it was last changed, parts of a second included.
  [[nodiscard]] std::chrono::system_clock::time_point modified() const noexcept { return modified_; }
  /// A strong entity-tag with its quotes, made of time and size: `"18b2c3d4e5f60718b"`. The same file has the same tag
  /// in all processes; two of the same size that were changed in the same nanosecond are not told apart.
  [[nodiscard]] std::string etag() const;

 private:
  void inspect(const std::string& name);

  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::chrono::system_clock::time_point modified_{};
};

}  // namespace serval::http
