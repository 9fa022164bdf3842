// SPDX-License-Identifier: MIT
// From an exception to an answer: the one place where what a handler throws is caught.
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

  /// Never throws: a handler that throws itself leaves a plain 500.
  void answer(std::exception_ptr thrown, http::Exchange& exchange) const noexcept;
  /// For errors of the framework's own, which are not thrown.
  void answer(const HttpError& error, http::Exchange& exchange) const noexcept;
  /// For an error that the handler returned, if it did.
  void answer_returned(http::Exchange& exchange) const noexcept;
  /// For what no answer can tell of.
  void log_finish(const std::exception_ptr& thrown, const http::Exchange& exchange) const noexcept;
  /// What a handler has thrown in whose answer's place that of a failed `finish` came.
  void log_replaced(const std::exception_ptr& thrown, const http::Exchange& exchange) const noexcept;

 private:
  /// The framework's own errors are handled by handlers for them, not by those for a base such as std::exception.
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
  /// An error that an error handler returned in its turn: no handler is asked for it.
  void write_returned(http::Exchange& exchange) const;

  const AppOptions& options_;
  std::shared_ptr<spdlog::logger> logger_;
  std::vector<Entry> handlers_;  // derived classes before their bases
  std::map<int, std::function<void(const HttpError&, http::Exchange&)>> by_status_;
};

}  // namespace serval::detail
