// SPDX-License-Identifier: MIT
// The warning in the log about a handler that blocks its event loop.
#pragma once

#include <chrono>

#include <serval/http/request.hpp>

namespace spdlog {
class logger;
}

namespace serval::detail {

/// Logs that the handler of `request` has run on the event loop for `took`, while all other connections of the loop
/// waited.
void log_stall(spdlog::logger& logger, const Request& request, std::chrono::steady_clock::duration took);

}  // namespace serval::detail
