// SPDX-License-Identifier: MIT
// One event of an event stream (HTML, section "Server-sent events").
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace serval {

/// What a browser's `EventSource` gets. What is empty is not sent, but for `data`: a browser drops an event without it.
struct ServerSentEvent {
  std::optional<std::string> data{};  ///< a text, of one line or several; may be empty
  std::string event{};                ///< its type; browsers take "message" for none
  std::string id{};                   ///< comes back as the header field `last-event-id` when the client connects again
  std::optional<std::chrono::milliseconds> retry{};  ///< how long the client waits before it connects again
  std::string comment{};                             ///< no client sees it
};

}  // namespace serval

namespace serval::http {

/// Appends the lines of an event and the empty line that ends it. Ill-formed UTF-8 becomes U+FFFD.
/// Errors: `std::invalid_argument` for a type or an id of more than one line, an id with NUL, a negative `retry`.
void append_event(std::string& out, const ServerSentEvent& event);

}  // namespace serval::http
