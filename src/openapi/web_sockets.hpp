// SPDX-License-Identifier: MIT
// The routes for WebSockets as the document has them: OpenAPI knows none, so they stand in an extension.
#pragma once

#include <vector>

#include "openapi/operation.hpp"

namespace serval::openapi {

/// By path, `{"/chat/{room}": {"summary", "parameters", "receives", "sends", ...}}`: what the client may send and what
/// it gets, as schemas; absent where the handler does not say.
[[nodiscard]] json web_sockets_of(const std::vector<Operation>& routes, Components& components);

}  // namespace serval::openapi
