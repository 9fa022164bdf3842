// SPDX-License-Identifier: MIT
// One line per request, written after its response was sent.
#pragma once

#include <memory>
#include <utility>

#include <serval/handler/finished.hpp>
#include <serval/http/request.hpp>

namespace spdlog {
class logger;
}

namespace serval::detail {

/// A middleware: `127.0.0.1:51234 - "GET /items?q=1 HTTP/1.1" 200 0.123ms`, followed by how it ended, unless the whole
/// response was sent. A '-' replaces unknown parts: a request line that could not be read, the status if no response
/// was sent.
class AccessLog {
 public:
  explicit AccessLog(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}

  void finished(const Request& request, const Finished& how);

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace serval::detail
