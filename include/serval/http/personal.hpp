// SPDX-License-Identifier: MIT
// The mark of requests whose responses belong to one visitor.
#pragma once

namespace serval::http {

/// What reads a session, or recognises the visitor in another way of its own, puts this mark into the state of the
/// request: `request.state<http::Personal>()`. Middleware then gives the response to nobody else; `ResponseCache` does
/// not keep it.
struct Personal {};

}  // namespace serval::http
