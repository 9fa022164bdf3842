// SPDX-License-Identifier: MIT
// A body that is no string: pieces of a file and the texts between them. Whoever sends it keeps the progress; the body
// itself does not change once it is made.
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
  /// In bytes, of all segments.
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

  /// All of it, for those who have no socket. Errors: `std::system_error`, also where the file has become shorter.
  [[nodiscard]] std::string read() const;

 private:
  std::shared_ptr<const http::OpenFile> file_;  // shared with the parts made of it
  std::vector<Segment> segments_;
  std::uint64_t size_ = 0;
};

}  // namespace serval::detail
