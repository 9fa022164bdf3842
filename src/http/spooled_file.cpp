// SPDX-License-Identifier: MIT
#include "http/spooled_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace serval::detail {
namespace {

constexpr std::size_t write_bytes = 64 * 1024;

}  // namespace

void SpooledFile::append(std::string_view bytes) {
  const std::size_t bound = in_memory() ? options_.memory_bytes : write_bytes;
  const bool has_room = bytes.size() <= bound && memory_.size() <= bound - bytes.size();
  if (has_room || (in_memory() && options_.memory_bytes == 0)) {
    memory_.append(bytes);
    return;
  }
  spill();
  if (bytes.size() < write_bytes) {
    memory_.append(bytes);
    return;
  }
  write_all(file_, bytes);
  file_bytes_ += bytes.size();
}

void SpooledFile::finish() {
  if (in_memory()) return;
  spill();
  memory_ = {};
}

void SpooledFile::spill() {
  if (in_memory()) {
    file_ = options_.open_file(options_.directory);
    write_all(file_, memory_);
    file_bytes_ = memory_.size();
    memory_ = {};  // frees the storage: from now on it holds less
    return;
  }
  write_all(file_, memory_);
  file_bytes_ += memory_.size();
  memory_.clear();
}

std::size_t SpooledFile::read_at(std::uint64_t position, char* out, std::size_t bytes) const {
  if (position >= size()) return 0;
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, size() - position));
  if (!in_memory()) return detail::read_at(file_, position, out, wanted);
  std::memcpy(out, memory_.data() + position, wanted);
  return wanted;
}

void SpooledFile::save_to(const std::string& path) const {
  ReplacementFile replacement(path);
  if (!in_memory() && !linked_.exchange(true) && replacement.link(file_)) return replacement.commit();
  {
    const FileDescriptor copy = replacement.create();
    if (in_memory()) write_all(copy, memory_);
    std::string buffer(in_memory() ? 0 : write_bytes, '\0');
    for (std::uint64_t position = 0; position < file_bytes_;) {
      const std::size_t got = read_at(position, buffer.data(), buffer.size());
      // The file is shorter than it was written only if someone truncated a saved copy of it.
      if (got == 0) throw std::system_error(EIO, std::generic_category(), "cannot save to '" + path + "'");
      write_all(copy, std::string_view(buffer).substr(0, got));
      position += got;
    }
  }
  replacement.commit();
}

}  // namespace serval::detail
