// SPDX-License-Identifier: MIT
#include "http/file_body.hpp"

#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <system_error>

namespace serval::detail {
namespace {

void append_file(std::string& out, const http::OpenFile& file, std::uint64_t offset, std::uint64_t length) {
  std::size_t at = out.size();
  out.resize(at + static_cast<std::size_t>(length));
  while (at < out.size()) {
    const auto bytes = ::pread(file.descriptor(), out.data() + at, out.size() - at, static_cast<off_t>(offset));
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes <= 0) throw std::system_error(bytes < 0 ? errno : EIO, std::generic_category(), "a file was cut short");
    at += static_cast<std::size_t>(bytes);
    offset += static_cast<std::uint64_t>(bytes);
  }
}

}  // namespace

FileBody::FileBody(http::OpenFile file)
    : file_(std::make_shared<const http::OpenFile>(std::move(file))), size_(file_->size()) {
  if (size_ != 0) segments_.push_back({.length = size_});
}

FileBody::FileBody(const FileBody& whole, std::vector<Segment> segments)
    : file_(whole.file_), segments_(std::move(segments)) {
  for (const Segment& segment : segments_) size_ += segment.size();
}

std::string FileBody::read() const {
  std::string out;
  for (const Segment& segment : segments_) {
    if (segment.is_text()) {
      out += segment.text;
    } else {
      append_file(out, *file_, segment.offset, segment.length);
    }
  }
  return out;
}

}  // namespace serval::detail
