// SPDX-License-Identifier: MIT
// Communication between a program and its supervisor, usually systemd.
#pragma once

#include <string_view>
#include <vector>

#include <serval/http/listener_options.hpp>

namespace serval::detail {

/// The sockets that the supervisor has opened for this process: LISTEN_FDS of them from descriptor 3 on, if LISTEN_PID
/// names this process (sd_listen_fds(3)). Otherwise none. The variables are not changed: child processes ignore them,
/// since they have other process ids.
[[nodiscard]] std::vector<ListenerOptions> inherited_listeners();

/// Sends a state, such as "READY=1" or "STOPPING=1", to the socket that NOTIFY_SOCKET names (sd_notify(3)), if it is
/// set. Does nothing if the supervisor cannot be reached: it has its own timeout.
void tell_supervisor(std::string_view state);

}  // namespace serval::detail
