// SPDX-License-Identifier: MIT
// What a program and the one that has started it, systemd above all, tell each other.
#pragma once

#include <string_view>
#include <vector>

#include <serval/http/listener_options.hpp>

namespace serval::detail {

/// The sockets that the supervisor has opened for this process: LISTEN_FDS of them from descriptor 3 on, where
/// LISTEN_PID names it (sd_listen_fds(3)). None where it is not so. The variables stay as they are: they are of no use
/// to child processes, since these have other numbers.
[[nodiscard]] std::vector<ListenerOptions> inherited_listeners();

/// Sends a state, as "READY=1" or "STOPPING=1", to the socket that NOTIFY_SOCKET names (sd_notify(3)), if it is set.
/// Where the supervisor cannot be reached, nothing happens: it has its own timeout.
void tell_supervisor(std::string_view state);

}  // namespace serval::detail
