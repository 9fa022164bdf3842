// SPDX-License-Identifier: MIT
// The sender of a request as an argument of handlers: `app.get("/items")([](const quota::Caller& caller) { ... });`.
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

/// A caller that is allowed to send this request.
struct Caller {
  std::string key;
  std::string name;
  std::int64_t left = 0;  ///< the number of requests that it may send after this one
};

/// What the room knows about a request while it is handled.
struct Passing {
  std::string admitted;              // the key that is charged for the request; empty: none
  std::optional<std::int64_t> left;  // the rest of the caller's quota; not set: unknown
};

/// The response to a caller without a valid key: 401.
[[nodiscard]] serval::HttpError unknown_caller();
/// The response to a caller whose quota is used up: 429 with `retry-after`.
[[nodiscard]] serval::HttpError nothing_left(std::chrono::seconds wait);

}  // namespace quota

template <>
struct serval::Argument<quota::Caller> {
  static Task<quota::Caller> from(Header<std::optional<std::string>, "x-api-key"> key,
                                  State<PerLoop<quota::Client>> clients, State<quota::Exhausted> exhausted,
                                  Request& request);
  static openapi::SecurityRequirement security();
};
