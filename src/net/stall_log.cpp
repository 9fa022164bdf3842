// SPDX-License-Identifier: MIT
#include "net/stall_log.hpp"

#include <spdlog/logger.h>

#include "http/request_note.hpp"

namespace serval::detail {

void log_stall(spdlog::logger& logger, const Request& request, std::chrono::steady_clock::duration took) {
  logger.warn("{} {} held its event loop for {:.0f} ms; let it run as blocking, or make it wait in a coroutine{}",
              request.method_text(), request.route().empty() ? request.target() : request.route(),
              std::chrono::duration<double, std::milli>(took).count(), request_note(request));
}

}  // namespace serval::detail
