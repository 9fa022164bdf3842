// SPDX-License-Identifier: MIT
#include <serval/http/server_sent_event.hpp>

#include <serval/http/url.hpp>

#include <stdexcept>
#include <string_view>

#include "base/utf8_check.hpp"

namespace serval::http {

namespace {

/// An event stream must be UTF-8, regardless of the source of a handler's texts.
void append_text(std::string& out, std::string_view text) {
  if (detail::is_utf8(text)) {
    out.append(text);
  } else {
    out.append(replace_invalid_utf8(text));
  }
}

/// A field for each line; CR LF, LF and CR all end one.
void append_lines(std::string& out, std::string_view field, std::string_view text) {
  for (;;) {
    const std::size_t end = text.find_first_of("\r\n");
    append_text(out.append(field), text.substr(0, end));
    out += '\n';
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
  }
}

void check_line(std::string_view what, std::string_view text) {
  if (text.find_first_of("\r\n") != std::string_view::npos) {
    throw std::invalid_argument("the " + std::string(what) + " of an event has more than one line");
  }
}

}  // namespace

void append_event(std::string& out, const ServerSentEvent& event) {
  check_line("type", event.event);
  check_line("id", event.id);
  if (event.id.find('\0') != std::string::npos) throw std::invalid_argument("the id of an event has a NUL");
  if (event.retry && event.retry->count() < 0) throw std::invalid_argument("the retry of an event is negative");
  if (!event.comment.empty()) append_lines(out, ": ", event.comment);
  if (!event.event.empty()) append_lines(out, "event: ", event.event);
  if (event.data) append_lines(out, "data: ", *event.data);
  if (!event.id.empty()) append_lines(out, "id: ", event.id);
  if (event.retry) out.append("retry: ").append(std::to_string(event.retry->count())).append("\n");
  out += '\n';
}

}  // namespace serval::http
