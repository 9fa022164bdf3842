// SPDX-License-Identifier: MIT
// How tests write down what became of a request.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <serval/handler/outcome.hpp>

namespace serval::testing {

/// The name of the enumerator.
[[nodiscard]] inline std::string text_of(Outcome::What what) {
  constexpr std::string_view names[] = {"success", "exception", "cancelled", "client_gone", "deadline", "stopped"};
  return std::string(names[static_cast<std::size_t>(what)]);
}

/// "exception 409 thrown"; without its last word where no exception is known.
[[nodiscard]] inline std::string text_of(const Outcome& outcome) {
  return text_of(outcome.what) + " " + std::to_string(outcome.status) + (outcome.exception ? " thrown" : "");
}

}  // namespace serval::testing
