// SPDX-License-Identifier: MIT
// Translates how a connection ended a request into the outcome that the values of the request are told.
#pragma once

#include <serval/handler/finished.hpp>
#include <serval/handler/outcome.hpp>

namespace serval::detail {

[[nodiscard]] constexpr Outcome::What what_of(http::Ending ending) noexcept {
  switch (ending) {
    case http::Ending::complete:
      break;
    case http::Ending::client_gone:
      return Outcome::What::client_gone;
    case http::Ending::deadline:
      return Outcome::What::deadline;
    case http::Ending::failed:
      return Outcome::What::exception;
    case http::Ending::stopped:
      return Outcome::What::stopped;
  }
  return Outcome::What::success;
}

}  // namespace serval::detail
