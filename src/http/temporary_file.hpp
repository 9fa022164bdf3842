// SPDX-License-Identifier: MIT
// A file without a name: it is gone when its last descriptor is, however the process ends. Uploads that are too large
// for memory lie in one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace serval::detail {

/// An open file, closed at the end.
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

/// `$TMPDIR`, or /tmp where it is unset or empty.
[[nodiscard]] std::string temporary_directory();

/// A new unnamed file in `directory`, for reading and writing by the owner alone. Errors of these and of all below:
/// `std::system_error` with the path in its text.
[[nodiscard]] FileDescriptor open_unnamed_file(const std::string& directory);
/// The same on a file system without O_TMPFILE: the file has a name for a moment.
[[nodiscard]] FileDescriptor open_unlinked_file(const std::string& directory);

void write_all(const FileDescriptor& file, std::string_view bytes);
/// How many bytes there were: fewer than asked for only at the end of the file.
[[nodiscard]] std::size_t read_at(const FileDescriptor& file, std::uint64_t position, char* out, std::size_t bytes);

/// A file in the making beside the place it is for. Whoever reads `path` sees what stood there before or the whole new
/// file; without `commit` nothing is left.
class ReplacementFile {
 public:
  explicit ReplacementFile(const std::string& path);
  ReplacementFile(const ReplacementFile&) = delete;
  ReplacementFile& operator=(const ReplacementFile&) = delete;
  ~ReplacementFile();

  /// Makes an unnamed file the new content. False where the file system does not link such files.
  [[nodiscard]] bool link(const FileDescriptor& unnamed);
  /// Makes an empty file to write the new content to, for the owner alone.
  [[nodiscard]] FileDescriptor create();
  void commit();

 private:
  const std::string& path_;
  std::string temporary_path_;
  bool exists_ = false;
};

}  // namespace serval::detail
