// SPDX-License-Identifier: MIT
#include "middleware/audit_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include <serval/base/error.hpp>

namespace serval::detail {

AuditFile::AuditFile(const std::string& path) {
  constexpr int for_owner = 0600;
  file_ = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, for_owner);
  if (file_ >= 0) return;
  throw SetupError("AuditLog: the file " + path + " cannot be opened: " + std::generic_category().message(errno), {});
}

AuditFile::~AuditFile() { ::close(file_); }

void AuditFile::sink_it_(const spdlog::details::log_msg& record) {
  std::string line = is_torn_ ? "\n" : "";
  line.append(record.payload.data(), record.payload.size()).append("\n");
  for (std::string_view rest = line; !rest.empty();) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw spdlog::spdlog_ex("the audit log cannot be written", errno);
    rest.remove_prefix(static_cast<std::size_t>(written));
    is_torn_ = !rest.empty();
  }
}

}  // namespace serval::detail
