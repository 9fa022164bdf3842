// SPDX-License-Identifier: MIT
#include "watcher.hpp"

#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "surroundings.hpp"

namespace serval::tool {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using std::filesystem::path;

bool looks_like_source(const path& file) {
  constexpr std::array<std::string_view, 10> endings{".cpp", ".hpp", ".cc",  ".hh",    ".cxx",
                                                     ".hxx", ".h",   ".ipp", ".cmake", ".c"};
  const std::string ending = file.extension().string();
  return std::find(endings.begin(), endings.end(), ending) != endings.end() || file.filename() == "CMakeLists.txt";
}

// --- Watched --------------------------------------------------------------------------------------

Watched::State Watched::state_of(const path& file) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) return {};
  const std::string bytes = text_of(file);
  const std::uint64_t hash = std::hash<std::string>()(bytes);
  return {.bytes = hash == 0 ? 1 : hash};
}

std::vector<path> Watched::sources() const {
  std::vector<path> found;
  for (const path& folder : folders()) {
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
      if (looks_like_source(entry.path()) && !files_.contains(entry.path())) found.push_back(entry.path());
    }
  }
  return found;
}

void Watched::find_new() {
  for (const path& source : sources()) {
    if (!others_.contains(source)) candidates_.insert(source);
  }
}

void Watched::set_inputs(const std::set<path>& inputs) {
  const std::set<path> known_folders = folders();
  std::map<path, State> files;
  for (const path& input : inputs) {
    // A file that has changed since the last look must still count as changed: only new inputs are read here.
    const auto known = files_.find(input);
    files.emplace(input, known != files_.end() ? known->second : state_of(input));
  }
  files_.swap(files);
  std::set<path> others;
  for (const path& source : sources()) {
    // The same holds for a new file that a build has not seen.
    const bool is_new =
        known_folders.contains(source.parent_path()) && !files.contains(source) && !others_.contains(source);
    (is_new ? candidates_ : others).insert(source);
  }
  others_ = std::move(others);
}

std::set<path> Watched::folders() const {
  std::set<path> folders;
  for (const auto& [file, state] : files_) folders.insert(file.parent_path());
  return folders;
}

bool Watched::concerns(const path& file) const {
  if (files_.contains(file)) return true;
  if (looks_like_source(file)) return !others_.contains(file);
  const std::string below = file.string() + "/";  // a folder that comes or goes
  return std::any_of(files_.begin(), files_.end(),
                     [&](const auto& each) { return each.first.string().starts_with(below); });
}

bool Watched::has_changed() {
  bool has_changed = false;
  for (auto& [file, known] : files_) {
    const State now = state_of(file);
    if (now == known) continue;
    known = now;
    has_changed = true;
  }
  for (const path& candidate : std::exchange(candidates_, {})) {
    const State now = state_of(candidate);
    if (files_.contains(candidate) || !looks_like_source(candidate) || now == State{}) continue;
    files_.emplace(candidate, now);
    has_changed = true;
  }
  return has_changed;
}

// --- Watcher --------------------------------------------------------------------------------------

namespace {

constexpr auto silence = 30ms;
constexpr auto longest_noise = 200ms;
constexpr auto poll_interval = 500ms;

/// File systems that do not report what other machines change.
std::string_view remote_file_system(const path& folder) {
  constexpr long nfs = 0x6969, plan9 = 0x01021997, smb = 0xFE534D42L, cifs = 0xFF534D42L, fuse = 0x65735546;
  struct statfs found {};
  if (::statfs(folder.c_str(), &found) != 0) return "";
  const auto type = static_cast<long>(found.f_type & 0xFFFFFFFFL);
  if (type == nfs) return "NFS";
  if (type == plan9) return "9p";
  if (type == smb || type == cifs) return "SMB";
  return type == fuse ? "FUSE" : "";
}

}  // namespace

Watcher::Watcher(const asio::any_io_executor& executor, bool polls) : events_(executor) {
  if (polls) {
    why_it_polls_ = "--poll";
    return;
  }
  const int events = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (events < 0)
    why_it_polls_ = std::string("inotify: ") + std::strerror(errno);
  else
    events_.assign(events);
}

void Watcher::set_inputs(const std::set<path>& inputs) {
  watched_.set_inputs(inputs);
  if (!why_it_polls_.empty()) return;
  std::set<path> missing = watched_.folders();
  for (auto at = folders_.begin(); at != folders_.end();) {
    const bool is_wanted = missing.erase(at->second) == 1;
    if (!is_wanted) ::inotify_rm_watch(events_.native_handle(), at->first);
    at = is_wanted ? std::next(at) : folders_.erase(at);
  }
  for (const path& folder : missing) {
    if (const std::string_view remote = remote_file_system(folder); !remote.empty()) {
      return poll_from_now_on(folder.string() + " is on " + std::string(remote));
    }
    constexpr std::uint32_t wanted =
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_MOVE_SELF;
    const int watch = ::inotify_add_watch(events_.native_handle(), folder.c_str(), wanted | IN_ONLYDIR);
    if (watch >= 0) {
      folders_[watch] = folder;
    } else if (errno == ENOSPC) {
      return poll_from_now_on("no inotify watches are left (fs.inotify.max_user_watches)");
    }  // otherwise the folder has just gone, which the folder around it reports
  }
}

void Watcher::poll_from_now_on(std::string why) {
  why_it_polls_ = std::move(why);
  boost::system::error_code ignored;
  events_.cancel(ignored);  // `change` waits no longer for events
}

bool Watcher::read_events() {
  bool matters = false;
  alignas(inotify_event) std::array<char, 16 * 1024> bytes;
  for (;;) {
    const ssize_t size = ::read(events_.native_handle(), bytes.data(), bytes.size());
    if (size <= 0) return matters;
    for (const char* at = bytes.data(); at < bytes.data() + size;) {
      const auto& event = *reinterpret_cast<const inotify_event*>(at);
      at += sizeof(inotify_event) + event.len;
      if ((event.mask & IN_Q_OVERFLOW) != 0) {
        watched_.find_new();
        matters = true;
      }
      if ((event.mask & (IN_IGNORED | IN_MOVE_SELF)) != 0) {  // the folder is watched again if it comes back
        folders_.erase(event.wd);
        continue;
      }
      const auto folder = folders_.find(event.wd);
      if (folder == folders_.end() || event.len == 0) continue;
      const path file = folder->second / event.name;
      if (!watched_.concerns(file)) continue;
      watched_.candidates_.insert(file);
      matters = true;
    }
  }
}

Task<void> Watcher::next_event() {
  while (why_it_polls_.empty()) {
    boost::system::error_code fault;
    co_await events_.async_wait(asio::posix::stream_descriptor::wait_read,
                                asio::redirect_error(asio::use_awaitable, fault));
    const auto cancellation = co_await asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != asio::cancellation_type::none) throw boost::system::system_error(fault);
    if (read_events()) co_return;
  }
}

Task<bool> Watcher::event_within(std::chrono::milliseconds time) {
  using namespace asio::experimental::awaitable_operators;
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  const auto first = co_await (next_event() || timer.async_wait(asio::use_awaitable));
  co_return first.index() == 0;
}

Task<void> Watcher::quiet_after_event() {
  co_await next_event();
  const auto until = std::chrono::steady_clock::now() + longest_noise;
  while (why_it_polls_.empty() && std::chrono::steady_clock::now() < until) {
    const bool is_noisy = co_await event_within(silence);
    if (!is_noisy) co_return;
  }
}

Task<bool> Watcher::change() {
  const bool polled = !why_it_polls_.empty();
  for (;;) {
    if (polled) {
      asio::steady_timer timer(co_await asio::this_coro::executor, poll_interval);
      co_await timer.async_wait(asio::use_awaitable);
      watched_.find_new();
    } else {
      co_await quiet_after_event();
    }
    if (watched_.has_changed()) co_return true;
    if (polled != !why_it_polls_.empty()) co_return false;
  }
}

}  // namespace serval::tool
