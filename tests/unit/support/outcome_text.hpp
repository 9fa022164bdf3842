// SPDX-License-Identifier: MIT
// Formats the outcome of a request for comparisons in tests.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <serval/handler/outcome.hpp>

namespace serval::testing {

/// Returns the name of the enumerator.
[[nodiscard]] inline std::string text_of(Outcome::What what) {
  constexpr std::string_view names[] = {"success", "exception", "cancelled", "client_gone", "deadline", "stopped"};
  return std::string(names[static_cast<std::size_t>(what)]);
}

/// Returns "exception 409 thrown"; without the last word if the outcome has no exception.
[[nodiscard]] inline std::string text_of(const Outcome& outcome) {
  return text_of(outcome.what) + " " + std::to_string(outcome.status) + (outcome.exception ? " thrown" : "");
}

}  // namespace serval::testing
