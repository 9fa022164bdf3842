// SPDX-License-Identifier: MIT
// An error handler of any type, for one class of exceptions; see `App::on_error`.
#pragma once

#include <exception>
#include <functional>

#include <serval/handler/exchange.hpp>

namespace serval::detail {

/// An error handler for one class of exceptions.
struct ErrorHandler {
  /// Answers and returns true when the exception is of the class.
  std::function<bool(const std::exception_ptr&, http::Exchange&)> answer;
  /// Whether the exception, a thrown pointer, points to something of the class: tells at registration which class
  /// derives from which.
  bool (*catches_pointer)(const std::exception_ptr& thrown_pointer);
  std::exception_ptr pointer;
};

template <class E>
bool catches_pointer_to(const std::exception_ptr& thrown_pointer) {
  try {
    std::rethrow_exception(thrown_pointer);
  } catch (const E*) {
    return true;
  } catch (...) {
    return false;
  }
}

template <class E>
std::exception_ptr thrown_pointer_to() {
  return std::make_exception_ptr(static_cast<const E*>(nullptr));
}

}  // namespace serval::detail
