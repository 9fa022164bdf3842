// SPDX-License-Identifier: MIT
// A file without a name, for uploads that are too large for memory: it is deleted with its last descriptor, even if the
// process crashes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace serval::detail {

/// An open file that the destructor closes.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~FileDescriptor();

  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }

 private:
  int number_ = -1;
};

/// `$TMPDIR`, or /tmp if it is unset or empty.
[[nodiscard]] std::string temporary_directory();

/// A new unnamed file in `directory` that only the owner can read and write. Errors of this and all functions below:
/// `std::system_error` with the path in its text.
[[nodiscard]] FileDescriptor open_unnamed_file(const std::string& directory);
/// The same on a file system without O_TMPFILE: the file has a name for a moment.
[[nodiscard]] FileDescriptor open_unlinked_file(const std::string& directory);

void write_all(const FileDescriptor& file, std::string_view bytes);
/// Returns the number of bytes: fewer than requested only at the end of the file.
[[nodiscard]] std::size_t read_at(const FileDescriptor& file, std::uint64_t position, char* out, std::size_t bytes);

/// A new file next to its final path. A reader of `path` sees the old file or the complete new one; without `commit` no
/// file remains.
class ReplacementFile {
 public:
  explicit ReplacementFile(const std::string& path);
  ReplacementFile(const ReplacementFile&) = delete;
  ReplacementFile& operator=(const ReplacementFile&) = delete;
  ~ReplacementFile();

  /// Makes an unnamed file the new content. False if the file system cannot link such files.
  [[nodiscard]] bool link(const FileDescriptor& unnamed);
  /// Creates an empty file for the new content, accessible only by the owner.
  [[nodiscard]] FileDescriptor create();
  void commit();

 private:
  const std::string& path_;
  std::string temporary_path_;
  bool exists_ = false;
};

}  // namespace serval::detail
