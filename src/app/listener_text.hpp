// SPDX-License-Identifier: MIT
// Listeners as texts of the command line: "0.0.0.0:80", "[::1]:80", "unix:/run/shop.sock", "fd:3".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <serval/http/listener_options.hpp>

namespace serval::detail {

/// Adds the listeners in `text`, separated by blanks, as in an environment variable. False if there are none or one is
/// invalid.
[[nodiscard]] bool read_listeners(std::string_view text, std::vector<ListenerOptions>& out);
/// The texts of the listeners; "none" if there are none.
[[nodiscard]] std::string listeners_text(const std::vector<ListenerOptions>& listeners);

}  // namespace serval::detail
