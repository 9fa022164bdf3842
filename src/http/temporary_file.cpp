// SPDX-License-Identifier: MIT
#include "http/temporary_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <system_error>

#include "base/ascii.hpp"
#include "base/environment.hpp"

namespace serval::detail {
namespace {

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;
constexpr std::string_view upload = "the temporary file of an upload";

[[noreturn]] void fail(int error, std::string_view action, std::string_view path) {
  throw std::system_error(error, std::generic_category(), std::string(action) + " '" + std::string(path) + "'");
}

template <class Call>
auto retry(const Call& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

// A new name, not derived from the target's, which may already have the maximum length.
std::string name_beside(const std::string& path) {
  std::random_device random;
  const std::size_t slash = path.rfind('/');
  std::string name = slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
  name += ".serval-";
  for (int count = 0; count < 16; ++count) append_hex(name, static_cast<unsigned char>(random()), lower_hex_digits);
  return name;
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (is_open()) ::close(number_);
}

std::string temporary_directory() {
  const std::string directory = environment("TMPDIR").value_or("");
  return directory.empty() ? "/tmp" : directory;
}

FileDescriptor open_unnamed_file(const std::string& directory) {
  const int number = retry([&] { return ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, owner_only); });
  // A kernel that does not know the flag reports EISDIR, a file system the others.
  if (number < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) return open_unlinked_file(directory);
  if (number < 0) fail(errno, "cannot make a temporary file in", directory);
  return FileDescriptor(number);
}

FileDescriptor open_unlinked_file(const std::string& directory) {
  std::string path = directory + "/serval-XXXXXX";
  FileDescriptor file(::mkostemp(path.data(), O_CLOEXEC));
  if (!file.is_open()) fail(errno, "cannot make a temporary file in", directory);
  if (::unlink(path.c_str()) != 0) fail(errno, "cannot unlink the temporary file", path);
  return file;
}

void write_all(const FileDescriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = retry([&] { return ::write(file.number(), bytes.data(), bytes.size()); });
    if (written < 0) throw std::system_error(errno, std::generic_category(), "cannot write " + std::string(upload));
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::size_t read_at(const FileDescriptor& file, std::uint64_t position, char* out, std::size_t bytes) {
  std::size_t done = 0;
  while (done < bytes) {
    const auto offset = static_cast<off_t>(position + done);
    const ssize_t got = retry([&] { return ::pread(file.number(), out + done, bytes - done, offset); });
    if (got < 0) throw std::system_error(errno, std::generic_category(), "cannot read " + std::string(upload));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

ReplacementFile::ReplacementFile(const std::string& path) : path_(path), temporary_path_(name_beside(path)) {
  // A NUL would end the path early, and the file would be saved in the wrong place.
  if (path.find('\0') != std::string::npos) fail(EINVAL, "cannot save to", path.c_str());
}

ReplacementFile::~ReplacementFile() {
  if (exists_) ::unlink(temporary_path_.c_str());
}

bool ReplacementFile::link(const FileDescriptor& unnamed) {
  const std::string own = "/proc/self/fd/" + std::to_string(unnamed.number());
  exists_ = ::linkat(AT_FDCWD, own.c_str(), AT_FDCWD, temporary_path_.c_str(), AT_SYMLINK_FOLLOW) == 0;
  return exists_;
}

FileDescriptor ReplacementFile::create() {
  const auto open = [this] {
    return ::open(temporary_path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, owner_only);
  };
  FileDescriptor file(retry(open));
  if (!file.is_open()) fail(errno, "cannot save to", path_);
  exists_ = true;
  return file;
}

void ReplacementFile::commit() {
  if (std::rename(temporary_path_.c_str(), path_.c_str()) != 0) fail(errno, "cannot save to", path_);
  exists_ = false;
}

}  // namespace serval::detail
