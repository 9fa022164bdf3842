// SPDX-License-Identifier: MIT
// A regular file, opened for reading, that a FileResponse sends.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace serval::http {

/// An open file that owns its descriptor. Size, time and etag are those at the time of opening.
class OpenFile {
 public:
  /// Does not block: a pipe is refused, not opened. Errors: `std::system_error` with the error of the system;
  /// `std::errc::invalid_argument` for a directory, a pipe or a device.
  explicit OpenFile(const std::string& path);
  /// Takes ownership of an open descriptor, which is closed if this fails; `name` is for the message. Errors: as above.
  OpenFile(int descriptor, const std::string& name);
  OpenFile(OpenFile&& other) noexcept;
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile();

  /// The descriptor, which this object closes.
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  /// The size in bytes.
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  /// The time of the last change, including fractions of a second.
  [[nodiscard]] std::chrono::system_clock::time_point modified() const noexcept { return modified_; }
  /// A strong entity-tag with its quotes, made from time and size: `"18b2c3d4e5f60718b"`. The same file has the same
  /// tag in all processes; two versions of the same size that were changed in the same nanosecond have the same tag.
  [[nodiscard]] std::string etag() const;

 private:
  void inspect(const std::string& name);

  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::chrono::system_clock::time_point modified_{};
};

}  // namespace serval::http
