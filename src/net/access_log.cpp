// SPDX-License-Identifier: MIT
#include "net/access_log.hpp"

#include <spdlog/logger.h>

namespace serval::detail {

namespace {

[[nodiscard]] double milliseconds(std::chrono::steady_clock::duration time) noexcept {
  return std::chrono::duration<double, std::milli>(time).count();
}

}  // namespace

void log_access(spdlog::logger& logger, const http::Exchange& exchange, std::chrono::steady_clock::duration took) {
  const Request& request = exchange.request;
  const bool is_ipv6 = request.client().host.find(':') != std::string::npos;
  // The parser lets no control byte into method or target, so no line can be forged.
  logger.info("{}{}{}:{} - \"{} {} HTTP/1.{}\" {} {:.3f}ms", is_ipv6 ? "[" : "", request.client().host,
              is_ipv6 ? "]" : "", request.client().port, request.method_text(), request.target(),
              request.version_minor(), exchange.response.status(), milliseconds(took));
}

void log_stall(spdlog::logger& logger, const http::Exchange& exchange, std::chrono::steady_clock::duration took) {
  const Request& request = exchange.request;
  logger.warn("{} {} held its event loop for {:.0f} ms; let it run as blocking, or make it wait in a coroutine",
              request.method_text(), request.route().empty() ? request.target() : request.route(), milliseconds(took));
}

}  // namespace serval::detail
