// SPDX-License-Identifier: MIT
// From a server's options to its listeners.
#pragma once

#include <memory>
#include <vector>

#include <serval/server/server_options.hpp>

#include "net/listener.hpp"

namespace serval::detail {

using Listeners = std::vector<std::shared_ptr<Listener>>;

/// All that the options name, in their order; none accepts yet. Errors: `std::system_error` that names the address;
/// then none is left open. REQUIRES: at least one loop, which they live on.
[[nodiscard]] Listeners open_listeners(const ServerOptions& options, const std::shared_ptr<ServerState>& state,
                                       const std::vector<std::shared_ptr<Loop>>& loops);

}  // namespace serval::detail
