// SPDX-License-Identifier: MIT
// The thread that writes the records of an audit log.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace spdlog::sinks {
class sink;
}

namespace serval::detail {

/// The asynchronous logger of spdlog does not count what a sink fails to write, and its queue outlives its owner.
/// Thread safety: all of it.
class AuditWriter {
 public:
  /// At most `most` lines wait; if there are more, the oldest are lost.
  AuditWriter(std::shared_ptr<spdlog::sinks::sink> sink, std::size_t most);
  AuditWriter(const AuditWriter&) = delete;
  AuditWriter& operator=(const AuditWriter&) = delete;
  /// Writes what still waits.
  ~AuditWriter();

  void add(std::string line);
  /// How many lines were lost, also because a write failed.
  [[nodiscard]] std::uint64_t lost() const noexcept { return lost_.load(std::memory_order_relaxed); }

 private:
  void run() noexcept;
  void write(const std::string& line) noexcept;

  const std::shared_ptr<spdlog::sinks::sink> sink_;
  const std::size_t most_;
  std::atomic<std::uint64_t> lost_{0};
  std::mutex mutex_;  // guards the two below
  std::deque<std::string> lines_;
  bool is_over_ = false;
  std::condition_variable changed_;
  std::thread thread_;  // the last member: it uses the others
};

}  // namespace serval::detail
