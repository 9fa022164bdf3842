// SPDX-License-Identifier: MIT
#include <serval/http/open_file.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <string_view>
#include <system_error>
#include <utility>

namespace serval::http {
namespace {

void append_hex_number(std::string& out, std::uint64_t number, std::size_t least_digits) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, 16).ptr;
  const auto count = static_cast<std::size_t>(end - digits);
  if (count < least_digits) out.append(least_digits - count, '0');
  out.append(digits, count);
}

}  // namespace

OpenFile::OpenFile(const std::string& path)
    // Non-blocking, since a pipe without a writer would block the event loop forever.
    : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {
  inspect(path);
}

OpenFile::OpenFile(int descriptor, const std::string& name) : descriptor_(descriptor) { inspect(name); }

OpenFile::OpenFile(OpenFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_), modified_(other.modified_) {}

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void OpenFile::inspect(const std::string& name) {
  struct stat found {};
  int fault = descriptor_ < 0 || ::fstat(descriptor_, &found) != 0 ? errno : 0;
  if (fault == 0 && !S_ISREG(found.st_mode)) fault = EINVAL;
  if (fault != 0) {
    // The destructor of an object whose constructor throws is not called.
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    throw std::system_error(fault, std::generic_category(), name);
  }
  size_ = static_cast<std::uint64_t>(found.st_size);
  modified_ = std::chrono::system_clock::time_point(std::chrono::duration_cast<std::chrono::system_clock::duration>(
      std::chrono::seconds(found.st_mtim.tv_sec) + std::chrono::nanoseconds(found.st_mtim.tv_nsec)));
}

std::string OpenFile::etag() const {
  const auto time = std::chrono::duration_cast<std::chrono::nanoseconds>(modified_.time_since_epoch()).count();
  std::string tag = "\"";
  append_hex_number(tag, static_cast<std::uint64_t>(time), 16);
  append_hex_number(tag, size_, 1);
  return tag += '"';
}

}  // namespace serval::http
