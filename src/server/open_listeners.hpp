// SPDX-License-Identifier: MIT
// Opens the listeners of a server's options.
#pragma once

#include <memory>
#include <vector>

#include <serval/server/server_options.hpp>

#include "net/listener.hpp"

namespace serval::detail {

using Listeners = std::vector<std::shared_ptr<Listener>>;

/// Opens all listeners of the options, in their order; none accepts yet. Errors: `std::system_error` that names the
/// address; then none stays open. REQUIRES: at least one loop, on which they live.
[[nodiscard]] Listeners open_listeners(const ServerOptions& options, const std::shared_ptr<ServerState>& state,
                                       const std::vector<std::shared_ptr<Loop>>& loops);

}  // namespace serval::detail
