// SPDX-License-Identifier: MIT
// Loggers that write to memory.
#pragma once

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/ostream_sink.h>

#include <memory>
#include <mutex>
#include <sstream>
#include <string>

namespace serval {

class MemoryLog {
 public:
  [[nodiscard]] std::shared_ptr<spdlog::logger> logger() const { return logger_; }
  /// Returns all lines so far.
  [[nodiscard]] std::string text() const { return sink_->text(); }

 private:
  class Sink final : public spdlog::sinks::base_sink<std::mutex> {
   public:
    std::string text() {
      const std::scoped_lock lock(mutex_);
      return text_;
    }

   private:
    void sink_it_(const spdlog::details::log_msg& message) override {
      text_.append(message.payload.data(), message.payload.size()).append("\n");
    }
    void flush_() override {}

    std::string text_;
  };

  std::shared_ptr<Sink> sink_ = std::make_shared<Sink>();
  std::shared_ptr<spdlog::logger> logger_ = std::make_shared<spdlog::logger>("test", sink_);
};

/// Each line begins with its level, as in "error GET / failed". Thread safety: none.
class LeveledLog {
 public:
  [[nodiscard]] std::shared_ptr<spdlog::logger> logger() {
    auto made = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(text_));
    made->set_pattern("%l %v");
    return made;
  }
  /// Returns all lines so far.
  [[nodiscard]] std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
};

}  // namespace serval
