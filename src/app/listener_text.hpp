// SPDX-License-Identifier: MIT
// Places to listen at as texts of the command line: "0.0.0.0:80", "[::1]:80", "unix:/run/shop.sock", "fd:3".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <serval/http/listener_options.hpp>

namespace serval::detail {

/// Adds the places that `text` names, with blanks between them, as in a variable of the environment. False where it
/// names none or one is wrong.
[[nodiscard]] bool read_listeners(std::string_view text, std::vector<ListenerOptions>& out);
/// "none" for none.
[[nodiscard]] std::string listeners_text(const std::vector<ListenerOptions>& listeners);

}  // namespace serval::detail
