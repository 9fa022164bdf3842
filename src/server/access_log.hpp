// SPDX-License-Identifier: MIT
// One line a request, written once its answer has been sent.
#pragma once

#include <memory>
#include <utility>

#include <serval/handler/finished.hpp>
#include <serval/http/request.hpp>

namespace spdlog {
class logger;
}

namespace serval::detail {

/// A middleware: `127.0.0.1:51234 - "GET /items?q=1 HTTP/1.1" 200 0.123ms`, and behind that how it ended, unless the
/// whole answer was sent. A '-' stands for what is not known: the request line that could not be read, the status where
/// no answer was sent.
class AccessLog {
 public:
  explicit AccessLog(std::shared_ptr<spdlog::logger> logger) : logger_(std::move(logger)) {}

  void finished(const Request& request, const Finished& how);

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace serval::detail
