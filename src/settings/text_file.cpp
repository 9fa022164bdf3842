// SPDX-License-Identifier: MIT
#include "settings/text_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace serval::detail {

namespace {

/// Closes the descriptor.
struct OpenText {
  int descriptor;
  explicit OpenText(int opened) : descriptor(opened) {}
  OpenText(const OpenText&) = delete;
  OpenText& operator=(const OpenText&) = delete;
  ~OpenText() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

TextFile failed(int error) {
  return {.text = {},
          .fault = "the file cannot be read: " + std::generic_category().message(error),
          .is_absent = error == ENOENT || error == ENOTDIR};
}

/// Calls again where a signal interrupts.
template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

}  // namespace

TextFile read_text_file(const std::string& path) {
  const OpenText file(uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY); }));
  if (file.descriptor < 0) return failed(errno);
  TextFile read;
  char buffer[16 * 1024];
  for (;;) {
    const ::ssize_t count = uninterrupted([&] { return ::read(file.descriptor, buffer, sizeof buffer); });
    if (count < 0) return failed(errno);
    if (count == 0) return read;
    read.text.append(buffer, static_cast<std::size_t>(count));
    if (read.text.size() > max_settings_file_bytes)
      return {.text = {}, .fault = "the file has more than 1 MiB", .is_absent = false};
  }
}

void cut_final_newline(std::string& text) {
  if (!text.ends_with('\n')) return;
  text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
}

}  // namespace serval::detail
