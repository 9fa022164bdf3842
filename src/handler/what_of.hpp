// SPDX-License-Identifier: MIT
// What the way in which a connection ended a request means for the values that were made for it.
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
