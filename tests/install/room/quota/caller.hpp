// SPDX-License-Identifier: MIT
// Who sends a request, as an argument of handlers: `app.get("/items")([](const quota::Caller& caller) { ... });`.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <serval/per_loop.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include "client.hpp"
#include "exhausted.hpp"

namespace quota {

/// A caller that may send this request.
struct Caller {
  std::string key;
  std::string name;
  std::int64_t left = 0;  ///< requests that it may send after this one
};

/// What the room knows of a request on its way.
struct Passing {
  std::string admitted;              // the key that is charged for it; empty: nobody's
  std::optional<std::int64_t> left;  // of the caller's quota; not set: not known
};

/// The answer to a caller without a valid key, 401.
[[nodiscard]] serval::HttpError unknown_caller();
/// The answer to a caller that has nothing left, 429 with `retry-after`.
[[nodiscard]] serval::HttpError nothing_left(std::chrono::seconds wait);

}  // namespace quota

template <>
struct serval::Argument<quota::Caller> {
  static Task<quota::Caller> from(Header<std::optional<std::string>, "x-api-key"> key,
                                  State<PerLoop<quota::Client>> clients, State<quota::Exhausted> exhausted,
                                  Request& request);
  static openapi::SecurityRequirement security();
};
