// SPDX-License-Identifier: MIT
// The bytes of one upload: in memory while they are few, otherwise in an unnamed temporary file.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/temporary_file.hpp"

namespace serval::detail {

/// It is first written, then read. Thread safety: after `finish` several threads may call all const functions. Errors:
/// `std::system_error`, for example for a full disk; no file remains.
class SpooledFile {
 public:
  using OpenFile = FileDescriptor (*)(const std::string& directory);
  struct Options {
    /// How many bytes may stay in memory; 0: all.
    std::size_t memory_bytes = 0;
    std::string directory = temporary_directory();
    OpenFile open_file = open_unnamed_file;
  };

  explicit SpooledFile(Options options) : options_(std::move(options)) {}

  void append(std::string_view bytes);
  /// Ends the writing. REQUIRES: called once, before the file is read.
  void finish();

  [[nodiscard]] std::uint64_t size() const noexcept { return file_bytes_ + memory_.size(); }
  [[nodiscard]] bool in_memory() const noexcept { return !file_.is_open(); }
  /// Returns the number of bytes: fewer than requested only at the end.
  [[nodiscard]] std::size_t read_at(std::uint64_t position, char* out, std::size_t bytes) const;
  /// See `UploadFile::save_to`.
  void save_to(const std::string& path) const;

 private:
  void spill();

  Options options_;
  std::string memory_;  // all bytes, or the write buffer of the file: small pieces are not worth a call each
  FileDescriptor file_;
  std::uint64_t file_bytes_ = 0;
  // A second link would be the same file: writing to one saved file would change the other.
  mutable std::atomic<bool> linked_{false};
};

}  // namespace serval::detail
