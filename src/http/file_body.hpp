// SPDX-License-Identifier: MIT
// A body that is not a string: parts of a file and the texts between them. The sender keeps the progress; the body
// itself does not change after construction.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <serval/http/open_file.hpp>

namespace serval::detail {

class FileBody {
 public:
  /// A text, or `length` bytes of the file from `offset` on; never empty.
  struct Segment {
    std::string text{};
    std::uint64_t offset = 0;
    std::uint64_t length = 0;

    [[nodiscard]] bool is_text() const noexcept { return !text.empty(); }
    [[nodiscard]] std::uint64_t size() const noexcept { return is_text() ? text.size() : length; }
  };

  /// The whole file.
  explicit FileBody(http::OpenFile file);
  /// Parts of the same file.
  FileBody(const FileBody& whole, std::vector<Segment> segments);

  [[nodiscard]] const http::OpenFile& file() const noexcept { return *file_; }
  [[nodiscard]] const std::vector<Segment>& segments() const noexcept { return segments_; }
  /// The size of all segments in bytes.
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

  /// The whole body, for code without a socket. Errors: `std::system_error`, also if the file has become shorter.
  [[nodiscard]] std::string read() const;

 private:
  std::shared_ptr<const http::OpenFile> file_;  // shared with the bodies for parts of it
  std::vector<Segment> segments_;
  std::uint64_t size_ = 0;
};

}  // namespace serval::detail
