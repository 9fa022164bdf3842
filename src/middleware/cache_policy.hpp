// SPDX-License-Identifier: MIT
// Which responses a shared cache may keep, how long, and for which requests (RFC 9111 sections 3, 4.1 and 4.2).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <serval/http/response.hpp>

namespace serval::detail {

/// How long a response may be reused.
struct CacheTime {
  std::chrono::milliseconds fresh{0};  ///< from now on; above 0
  std::chrono::milliseconds stale{0};  ///< after that, if no newer one can be made
  std::chrono::seconds age{0};         ///< how old it already is
};

/// Nothing if the response must not be kept. `fresh`, `stale`: those of the cache, for a response that does not state
/// them itself.
[[nodiscard]] std::optional<CacheTime> cache_time(const Response& response, std::chrono::milliseconds fresh,
                                                  std::chrono::milliseconds stale);

/// The request fields that `vary` names: lower case, sorted, each once. Nothing if no request is known to get the same
/// response: for "*", and for names with more than 1000 bytes.
[[nodiscard]] std::optional<std::vector<std::string>> vary_names(const Response& response);

}  // namespace serval::detail
