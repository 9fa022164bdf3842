// SPDX-License-Identifier: MIT
// A file to which records are appended.
#pragma once

#include <string>
#include <string_view>

#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>

namespace serval::detail {

/// Each record is appended by one `write`, so that those of several processes do not mix. A record that was written in
/// part, on a full disk, is ended before the next one. Errors: spdlog::spdlog_ex. Thread safety: one thread at a time.
class AuditFile : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  /// Errors: SetupError.
  explicit AuditFile(const std::string& path);
  AuditFile(const AuditFile&) = delete;
  AuditFile& operator=(const AuditFile&) = delete;
  ~AuditFile() override;

 protected:
  void sink_it_(const spdlog::details::log_msg& record) override;
  void flush_() override {}

 private:
  int file_ = -1;
  bool is_torn_ = false;  // the last record was written in part
};

}  // namespace serval::detail
