// SPDX-License-Identifier: MIT
// Requests whose responses belong to one visitor.
#pragma once

#include <serval/http/request.hpp>

namespace serval {
namespace detail {

struct Personal {};

}  // namespace detail

namespace http {

/// What reads a session, or recognises the visitor in another way of its own, calls this, and middleware gives the
/// response to nobody else: `ResponseCache` does not keep it.
inline void mark_personal(Request& request) { static_cast<void>(request.state<detail::Personal>()); }
[[nodiscard]] inline bool is_personal(const Request& request) {
  return request.find_state<detail::Personal>() != nullptr;
}

}  // namespace http
}  // namespace serval
