// SPDX-License-Identifier: MIT
// Turns an exception into a response: the one place that catches the exceptions of handlers.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <serval/app/app.hpp>

namespace serval::detail {

class ErrorTable {
 public:
  /// `options` must outlive it.
  ErrorTable(const AppOptions& options, std::shared_ptr<spdlog::logger> logger)
      : options_(options), logger_(std::move(logger)) {}

  void add(ErrorHandler handler);
  void add(int status, std::function<void(const HttpError&, http::Exchange&)> handler);

  /// Never throws: if an error handler throws, the response is a plain 500.
  void answer(std::exception_ptr thrown, http::Exchange& exchange) const noexcept;
  /// For the framework's own errors, which are not thrown.
  void answer(const HttpError& error, http::Exchange& exchange) const noexcept;
  /// For an error that the handler returned, if there is one.
  void answer_returned(http::Exchange& exchange) const noexcept;
  /// For an exception that no response can report.
  void log_finish(const std::exception_ptr& thrown, const http::Exchange& exchange) const noexcept;
  /// Logs the exception of a handler if the exception of a failed `finish` replaced it in the response.
  void log_replaced(const std::exception_ptr& thrown, const http::Exchange& exchange) const noexcept;

 private:
  /// Only error handlers for the framework's own errors handle them, not handlers for a base such as std::exception.
  enum class Family : std::uint8_t { http, validation, other };
  struct Entry {
    ErrorHandler handler;
    Family family;
  };

  static Family family_of(const std::exception_ptr& thrown) noexcept;
  bool answer_by_handler(const std::exception_ptr& thrown, http::Exchange& exchange) const;
  void answer_default(const std::exception_ptr& thrown, http::Exchange& exchange) const;
  void answer_status(const HttpError& error, http::Exchange& exchange) const;
  void answer_unknown(http::Exchange& exchange, const std::string& what) const noexcept;

  [[nodiscard]] bool writes_problems() const noexcept;
  void write(const HttpError& error, http::Exchange& exchange) const;
  void write(const ValidationError& error, http::Exchange& exchange) const;
  void write_unknown(http::Exchange& exchange, const std::string& what) const;
  /// Writes an error that an error handler returned; no further error handler is called for it.
  void write_returned(http::Exchange& exchange) const;

  const AppOptions& options_;
  std::shared_ptr<spdlog::logger> logger_;
  std::vector<Entry> handlers_;  // derived classes before their bases
  std::map<int, std::function<void(const HttpError&, http::Exchange&)>> by_status_;
};

}  // namespace serval::detail
