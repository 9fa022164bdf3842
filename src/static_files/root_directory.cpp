// SPDX-License-Identifier: MIT
#include "static_files/root_directory.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#if defined(__linux__) && __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif

#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

namespace serval::static_files {
namespace {

// O_NONBLOCK: a pipe without a writer would block the event loop forever.
constexpr int read_flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

class Descriptor {
 public:
  explicit Descriptor(int descriptor) noexcept : descriptor_(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(-1); }

  [[nodiscard]] int get() const noexcept { return descriptor_; }
  [[nodiscard]] int release() noexcept { return std::exchange(descriptor_, -1); }
  void reset(int descriptor) noexcept {
    const int fault = errno;
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = descriptor;
    errno = fault;
  }

 private:
  int descriptor_;
};

/// Whether an open failed because of the path, and not because of the state of the system.
bool is_of_path(int fault) noexcept {
  switch (fault) {
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case EXDEV:
    case EACCES:
    case EPERM:
    case ENAMETOOLONG:
    case ENXIO:
    case ENODEV:
    case EINVAL:
      return true;
    default:
      return false;
  }
}

/// The path of a descriptor without links; empty if the system does not provide it.
std::string place_of(int descriptor) {
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const std::unique_ptr<char, void (*)(void*)> place(::realpath(link.c_str(), nullptr), &std::free);
  return place ? place.get() : "";
}

#ifdef RESOLVE_BENEATH
int open_beneath(int root, const char* path, Symlinks symlinks) {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(read_flags);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  if (symlinks == Symlinks::refused) how.resolve |= RESOLVE_NO_SYMLINKS;
  // EAGAIN: a rename happened meanwhile, so that the kernel cannot tell what is below.
  for (int tries = 0;; ++tries) {
    const auto descriptor = static_cast<int>(::syscall(SYS_openat2, root, path, &how, sizeof how));
    if (descriptor >= 0 || errno != EAGAIN || tries == 16) return descriptor;
  }
}
#endif

}  // namespace

RootDirectory::RootDirectory(const std::string& path, Symlinks symlinks, Confinement confinement)
    : symlinks_(symlinks),
      confinement_(confinement),
      descriptor_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), path);
  place_ = place_of(descriptor_);
}

RootDirectory::~RootDirectory() { ::close(descriptor_); }

RootDirectory::Found RootDirectory::open(const std::string& path) const {
  Descriptor opened(open_descriptor(path.empty() ? "." : path));
  struct stat about {};
  if (opened.get() < 0 || ::fstat(opened.get(), &about) != 0) {
    if (is_of_path(errno)) return Nothing{};
    throw std::system_error(errno, std::generic_category(), path);
  }
  if (S_ISDIR(about.st_mode)) return Directory{};
  if (!S_ISREG(about.st_mode)) return Nothing{};
  return http::OpenFile(opened.release(), path);
}

int RootDirectory::open_descriptor(const std::string& path) const {
#ifdef RESOLVE_BENEATH
  if (confinement_ == Confinement::best) {
    const int descriptor = open_beneath(descriptor_, path.c_str(), symlinks_);
    // EPERM: the error of containers that do not know the call.
    if (descriptor >= 0 || (errno != ENOSYS && errno != EPERM)) return descriptor;
  }
#endif
  return symlinks_ == Symlinks::refused ? open_by_parts(path) : open_and_look(path);
}

/// Opens each segment below the previous one; none may be a link.
int RootDirectory::open_by_parts(const std::string& path) const {
  Descriptor below(::dup(descriptor_));
  std::string_view rest = path;
  while (below.get() >= 0) {
    const std::size_t slash = rest.find('/');
    const std::string part(rest.substr(0, slash));
    if (part == "..") {
      errno = EXDEV;
      return -1;
    }
    const bool is_last = slash == std::string_view::npos;
    below.reset(::openat(below.get(), part.c_str(), read_flags | O_NOFOLLOW | (is_last ? 0 : O_DIRECTORY)));
    if (is_last) break;
    rest.remove_prefix(slash + 1);
  }
  return below.release();
}

/// Opens the path through any links, then closes the file if it is outside: later changes of the links do not move an
/// open file.
int RootDirectory::open_and_look(const std::string& path) const {
  Descriptor opened(::openat(descriptor_, path.c_str(), read_flags));
  if (opened.get() < 0) return -1;
  const std::string place = place_of(opened.get());
  const bool is_below = !place_.empty() && place.starts_with(place_) &&
                        (place.size() == place_.size() || place_ == "/" || place[place_.size()] == '/');
  if (is_below) return opened.release();
  errno = EXDEV;
  return -1;
}

}  // namespace serval::static_files
