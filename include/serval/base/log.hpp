// SPDX-License-Identifier: MIT
// Loggers. A server takes the program's own (any spdlog logger), and otherwise makes this one.
#pragma once

#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace serval {

/// A new logger to standard error, in colour on a terminal, not in spdlog's registry. `level` is one of "trace",
/// "debug", "info", "warning", "error", "critical", "off"; any other text means "off". Thread safety: it may be used
/// by several threads.
[[nodiscard]] std::shared_ptr<spdlog::logger> make_logger(std::string_view level = "info");

}  // namespace serval
