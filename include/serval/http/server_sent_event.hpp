// SPDX-License-Identifier: MIT
// One event of an event stream (HTML, section "Server-sent events").
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace serval {

/// An event for a browser's `EventSource`. Empty members are not sent, except `data`: a browser drops an event without
/// it.
struct ServerSentEvent {
  std::optional<std::string> data{};                 ///< a text, of one line or several; may be empty
  std::string event{};                               ///< its type; browsers use "message" if it is empty
  std::string id{};                                  ///< the client sends it as `last-event-id` when it reconnects
  std::optional<std::chrono::milliseconds> retry{};  ///< how long the client waits before it reconnects
  std::string comment{};                             ///< clients ignore it
};

}  // namespace serval

namespace serval::http {

/// Appends the lines of an event and the empty line that ends it. Ill-formed UTF-8 becomes U+FFFD.
/// Errors: `std::invalid_argument` for a type or an id of more than one line, an id with NUL, a negative `retry`.
void append_event(std::string& out, const ServerSentEvent& event);

}  // namespace serval::http
