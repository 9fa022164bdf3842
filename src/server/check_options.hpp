// SPDX-License-Identifier: MIT
// What the constructor of a server refuses.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <serval/server/server_options.hpp>

namespace serval::detail {

/// The event loops that a server may have.
inline constexpr std::size_t max_event_loops = 1024;

/// What is wrong with places to listen at; empty where nothing is. It names the member and what it may be.
[[nodiscard]] std::string fault_of(const std::vector<ListenerOptions>& listeners);

/// Errors: SetupError that names the option and what it may be.
void check_options(const ServerOptions& options);

}  // namespace serval::detail
