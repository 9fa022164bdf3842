// SPDX-License-Identifier: MIT
// Compressed messages of WebSockets.
#pragma once

#include <memory>

#include <serval/http/web_socket_extension.hpp>

namespace serval {

/// Compresses the messages of WebSockets (RFC 7692) with clients that offer it:
/// `Server server(app, {.web_sockets = {.compression = permessage_deflate()}});`. Messages of less than 64 bytes are
/// sent as they are. A connection that uses it takes about 300 KiB, most of it once the first message comes or goes.
[[nodiscard]] std::shared_ptr<const http::WebSocketExtension> permessage_deflate();

}  // namespace serval
