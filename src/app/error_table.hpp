// SPDX-License-Identifier: MIT
// From an exception to an answer: the one place where what a handler throws is caught.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include <serval/app/app.hpp>

namespace serval::detail {

class ErrorTable {
 public:
  /// `debug` shows the text of unknown exceptions in the answer.
  ErrorTable(bool debug, std::shared_ptr<spdlog::logger> logger) : debug_(debug), logger_(std::move(logger)) {}

  void add(ErrorHandler handler);
  void add(int status, std::function<void(const HttpError&, Exchange&)> handler);

  /// Never throws: a handler that throws itself leaves a plain 500.
  void answer(std::exception_ptr thrown, Exchange& exchange) const noexcept;
  /// For errors of the framework's own, which are not thrown.
  void answer(const HttpError& error, Exchange& exchange) const noexcept;
  /// For an error that the handler returned, if it did.
  void answer_returned(Exchange& exchange) const noexcept;

 private:
  /// The framework's own errors are handled by handlers for them, not by those for a base such as std::exception.
  enum class Family : std::uint8_t { http, validation, other };
  struct Entry {
    ErrorHandler handler;
    Family family;
  };

  static Family family_of(const std::exception_ptr& thrown) noexcept;
  bool answer_by_handler(const std::exception_ptr& thrown, Exchange& exchange) const;
  void answer_default(const std::exception_ptr& thrown, Exchange& exchange) const;
  void answer_status(const HttpError& error, Exchange& exchange) const;
  void answer_unknown(Exchange& exchange, const char* what) const noexcept;

  bool debug_;
  std::shared_ptr<spdlog::logger> logger_;
  std::vector<Entry> handlers_;  // derived classes before their bases
  std::map<int, std::function<void(const HttpError&, Exchange&)>> by_status_;
};

}  // namespace serval::detail
