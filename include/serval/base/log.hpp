// SPDX-License-Identifier: MIT
// Loggers. A server takes the program's own (any spdlog logger); this is what it makes when it is given none.
#pragma once

#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace serval {

/// A new logger to standard error, in colour on a terminal, unknown to spdlog's registry. `level` is one of "trace",
/// "debug", "info", "warning", "error", "critical", "off"; any other text means "off". Thread safety: it may be used
/// by several threads.
[[nodiscard]] std::shared_ptr<spdlog::logger> make_logger(std::string_view level = "info");

}  // namespace serval
