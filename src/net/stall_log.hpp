// SPDX-License-Identifier: MIT
// The log line of a handler that holds its event loop.
#pragma once

#include <chrono>

#include <serval/http/request.hpp>

namespace spdlog {
class logger;
}

namespace serval::detail {

/// A handler that ran on the loop for so long kept all its other connections waiting.
void log_stall(spdlog::logger& logger, const Request& request, std::chrono::steady_clock::duration took);

}  // namespace serval::detail
