// SPDX-License-Identifier: MIT
// Watches the files of a project.
#pragma once

#include <serval/task.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace serval::tool {

/// Which files count: `inputs` and new files beside them that look like sources.
class Watched {
 public:
  /// Replaces the inputs. New ones count as unchanged from now on.
  void set_inputs(const std::set<std::filesystem::path>& inputs);
  [[nodiscard]] std::set<std::filesystem::path> folders() const;
  /// Whether an event for this path may matter.
  [[nodiscard]] bool concerns(const std::filesystem::path& path) const;
  /// Looks for new sources, where no event names them.
  void find_new();
  /// Whether a file has other bytes than at the last call, is new or gone. Remembers what it finds.
  [[nodiscard]] bool has_changed();

 private:
  struct State {
    std::uint64_t bytes = 0;  // a hash; 0: there is no such file
    bool operator==(const State&) const = default;
  };
  [[nodiscard]] static State state_of(const std::filesystem::path& path);
  /// The sources beside the inputs that are no inputs.
  [[nodiscard]] std::vector<std::filesystem::path> sources() const;

  std::map<std::filesystem::path, State> files_;
  std::set<std::filesystem::path> others_;      // sources beside the inputs that the last build has not used
  std::set<std::filesystem::path> candidates_;  // files that may be new
  friend class Watcher;
};

/// Waits for changes of files by inotify; where that is not possible, it looks every 500 ms. Thread safety: none.
class Watcher {
 public:
  /// `polls`: look at the files in any case.
  Watcher(const boost::asio::any_io_executor& executor, bool polls);

  void set_inputs(const std::set<std::filesystem::path>& inputs);
  /// Waits until a file has changed and nothing has happened for 30 ms (at most 200 ms long). Returns false, too soon,
  /// if it begins to look every 500 ms.
  [[nodiscard]] Task<bool> change();
  /// Why it looks every 500 ms; empty if it need not.
  [[nodiscard]] const std::string& why_it_polls() const noexcept { return why_it_polls_; }

 private:
  void poll_from_now_on(std::string why);
  /// Reads all events; returns whether one of them may matter.
  bool read_events();
  [[nodiscard]] Task<void> next_event();
  [[nodiscard]] Task<void> quiet_after_event();
  /// Whether an event comes within the time.
  [[nodiscard]] Task<bool> event_within(std::chrono::milliseconds time);

  boost::asio::posix::stream_descriptor events_;
  std::map<int, std::filesystem::path> folders_;  // by watch descriptor
  Watched watched_;
  std::string why_it_polls_;
};

/// Whether a name looks like a source file of C++ or CMake.
[[nodiscard]] bool looks_like_source(const std::filesystem::path& path);

}  // namespace serval::tool
