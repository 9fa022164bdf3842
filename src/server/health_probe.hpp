// SPDX-License-Identifier: MIT
// Asks a running server whether it is well: the health check of a container that has no curl.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <serval/server/server_options.hpp>

namespace serval::detail {

/// Whether `probe_health` can ask for it: "/health?full=1" or "http://shop.example/health".
[[nodiscard]] bool is_health_target(std::string_view target);

/// Sends a GET for `target` to the first place where a server with these options listens; to this machine if that is
/// every address. The host in `target` is only named in the request, for servers that refuse others; default: the
/// address. Returns an empty text for a status from 200 to 299, else what went wrong: "127.0.0.1:8000 answered 503".
/// REQUIRES: `is_health_target`.
[[nodiscard]] std::string probe_health(const ServerOptions& options, std::string_view target,
                                       std::chrono::milliseconds timeout = std::chrono::seconds(2));

}  // namespace serval::detail
