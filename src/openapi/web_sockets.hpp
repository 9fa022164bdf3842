// SPDX-License-Identifier: MIT
// The WebSocket routes in the document: OpenAPI does not support WebSockets, so they are in an extension.
#pragma once

#include <vector>

#include "openapi/operation.hpp"

namespace serval::openapi {

/// By path, `{"/chat/{room}": {"summary", "parameters", "receives", "sends", ...}}`: the messages that the client may
/// send and receive, as schemas; absent if the handler does not declare them.
[[nodiscard]] json web_sockets_of(const std::vector<Operation>& routes, Components& components);

}  // namespace serval::openapi
