// SPDX-License-Identifier: MIT
#include <serval/base/log.hpp>

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <string>

namespace serval {

std::shared_ptr<spdlog::logger> make_logger(std::string_view level) {
  auto logger = std::make_shared<spdlog::logger>("serval", std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
  logger->set_level(spdlog::level::from_str(std::string(level)));
  return logger;
}

}  // namespace serval
