// SPDX-License-Identifier: MIT
// What the connection writes to the log: one line a request where that is switched on, and handlers that hold a loop.
#pragma once

#include <chrono>

#include <serval/handler/exchange.hpp>

namespace spdlog {
class logger;
}

namespace serval::detail {

/// `127.0.0.1:51234 - "GET /items?q=1 HTTP/1.1" 200 0.123ms`
void log_access(spdlog::logger& logger, const http::Exchange& exchange, std::chrono::steady_clock::duration took);

/// A handler that ran on the loop for so long kept all its other connections waiting.
void log_stall(spdlog::logger& logger, const http::Exchange& exchange, std::chrono::steady_clock::duration took);

}  // namespace serval::detail
