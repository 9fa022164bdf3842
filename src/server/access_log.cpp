// SPDX-License-Identifier: MIT
#include "server/access_log.hpp"

#include <spdlog/logger.h>
#include <string>

#include "base/host_and_port.hpp"

namespace serval::detail {

namespace {

/// "127.0.0.1:50000", "[::1]:50000", "unix:"; without a port that is not known, as a proxy seldom tells it.
std::string client_text(const http::Client& client) {
  if (client.port == 0) return client.host;
  return host_and_port(client.host, client.port);
}

}  // namespace

void AccessLog::finished(const Request& request, const Finished& how) {
  const std::string status = how.status != 0 ? std::to_string(how.status) : "-";
  const std::string_view ending = how.ending == http::Ending::complete ? std::string_view() : http::to_text(how.ending);
  // The parser allows no control bytes in method or target, so nobody can forge a log line.
  const bool is_known = !request.method_text().empty();
  logger_->info("{} - \"{}{}{}{}{}\" {} {:.3f}ms{}{}", client_text(request.client()), request.method_text(),
                is_known ? " " : "-", request.target(), is_known ? " HTTP/1." : "",
                is_known ? std::to_string(request.version_minor()) : "", status,
                std::chrono::duration<double, std::milli>(how.duration).count(), ending.empty() ? "" : " ", ending);
}

}  // namespace serval::detail
