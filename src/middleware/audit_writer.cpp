// SPDX-License-Identifier: MIT
#include "middleware/audit_writer.hpp"

#include <spdlog/details/log_msg.h>
#include <spdlog/sinks/sink.h>

#include <exception>
#include <utility>

namespace serval::detail {

AuditWriter::AuditWriter(std::shared_ptr<spdlog::sinks::sink> sink, std::size_t most)
    : sink_(std::move(sink)), most_(most), thread_([this] { run(); }) {}

AuditWriter::~AuditWriter() {
  {
    const std::scoped_lock lock(mutex_);
    is_over_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void AuditWriter::add(std::string line) {
  {
    const std::scoped_lock lock(mutex_);
    if (lines_.size() == most_) {
      lines_.pop_front();
      lost_.fetch_add(1, std::memory_order_relaxed);
    }
    lines_.push_back(std::move(line));
  }
  changed_.notify_one();
}

void AuditWriter::run() noexcept {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_over_ || !lines_.empty(); });
    if (lines_.empty()) return;
    const std::string line = std::move(lines_.front());
    lines_.pop_front();
    lock.unlock();
    write(line);
  }
}

void AuditWriter::write(const std::string& line) noexcept {
  try {
    sink_->log(spdlog::details::log_msg("audit", spdlog::level::info, line));
    sink_->flush();
  } catch (const std::exception&) {
    lost_.fetch_add(1, std::memory_order_relaxed);
  }
}

}  // namespace serval::detail
