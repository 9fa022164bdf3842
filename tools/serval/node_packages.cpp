// SPDX-License-Identifier: MIT
#include "node_packages.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <functional>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "process.hpp"
#include "project.hpp"
#include "surroundings.hpp"

namespace serval::tool {

using std::filesystem::path;

namespace {

constexpr int oldest_node = 18;

/// Held as long as the object lives; freed by the system if the tool dies.
class FileLock {
 public:
  explicit FileLock(const path& file) : descriptor_(::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0) throw std::runtime_error("cannot write " + file.string());
    while (::flock(descriptor_, LOCK_EX) != 0) {
      if (errno != EINTR) {
        ::close(descriptor_);
        throw std::system_error(errno, std::generic_category(), "flock");
      }
    }
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock() { ::close(descriptor_); }

 private:
  int descriptor_;
};

void require_node() {
  if (find_program("node").empty())
    throw std::runtime_error("this command needs Node.js and npm, which are not installed: apt-get install npm");
  const std::string version = run_now({.words = {"node", "--version"}}).output;
  if (major_version(version) < oldest_node)
    throw std::runtime_error("this command needs Node.js 18 or newer, and node is " +
                             version.substr(0, version.find('\n')));
}

void install(const path& pin, const path& folder, const Terminal& terminal) {
  if (find_program("npm").empty())
    throw std::runtime_error("this command needs npm once, which is not installed: apt-get install npm");
  terminal.say("serval: installing the generator into " + folder.string() + ", once");
  const path aside = folder.string() + ".new";
  std::filesystem::remove_all(aside);
  std::filesystem::create_directories(aside);
  for (const char* name : {"package.json", "package-lock.json"}) std::filesystem::copy(pin / name, aside / name);
  const Ended ended =
      run_now({.words = {"npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"},
               .folder = aside.string(),
               .environment = {{"NO_COLOR", "1"}}});
  if (ended.code != 0) {
    std::filesystem::remove_all(aside);
    constexpr std::size_t lines = 20;
    throw std::runtime_error("npm cannot install the generator:\n" + last_lines(ended.output, lines));
  }
  std::filesystem::rename(aside, folder);
}

}  // namespace

int major_version(std::string_view text) {
  int number = 0;
  if (text.starts_with('v')) std::from_chars(text.data() + 1, text.data() + text.size(), number);
  return number;
}

std::string last_lines(const std::string& text, std::size_t most) {
  const std::vector<std::string_view> lines = lines_of(text);
  std::string last;
  for (std::size_t i = lines.size() - std::min(most, lines.size()); i < lines.size(); ++i)
    last += (last.empty() ? "" : "\n") + std::string(lines[i]);
  return last;
}

std::string packages_folder(const std::string& name, const std::string& lock) {
  std::string digits(16, '0');
  const std::to_chars_result end =
      std::to_chars(digits.data(), digits.data() + digits.size(), std::hash<std::string>()(lock), 16);
  return name + "-" + digits.substr(0, static_cast<std::size_t>(end.ptr - digits.data()));
}

path installed_packages(const path& pin, const Terminal& terminal) {
  const std::string lock = text_of(pin / "package-lock.json");
  if (lock.empty())
    throw std::runtime_error(pin.string() + " is missing: install the library and this program from the same version");
  require_node();
  const path folder = cache_folder() / packages_folder(pin.filename().string(), lock);
  if (std::filesystem::is_directory(folder)) return folder;
  const FileLock held(folder.string() + ".lock");
  if (!std::filesystem::is_directory(folder)) install(pin, folder, terminal);  // another tool may just have done it
  return folder;
}

}  // namespace serval::tool
