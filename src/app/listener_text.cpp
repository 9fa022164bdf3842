// SPDX-License-Identifier: MIT
#include "app/listener_text.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/host_and_port.hpp"
#include "base/read_number.hpp"

namespace serval::detail {

namespace {

/// "HOST:PORT", "[::1]:80", "unix:PATH", "fd:3".
[[nodiscard]] bool read_listener(std::string_view text, ListenerOptions& out) {
  constexpr std::string_view unix_scheme = "unix:", descriptor_scheme = "fd:";
  if (text.starts_with(unix_scheme)) {
    out.unix_socket = text.substr(unix_scheme.size());
    return !out.unix_socket.empty();
  }
  if (text.starts_with(descriptor_scheme))
    return read_number(text.substr(descriptor_scheme.size()), out.descriptor) && out.descriptor >= 0;
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || !read_number(text.substr(colon + 1), out.port)) return false;
  std::string_view host = text.substr(0, colon);
  const bool is_bracketed = host.starts_with('[') && host.ends_with(']');
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  out.host = host;
  return !host.empty() && (host.find(':') != std::string_view::npos) == is_bracketed;
}

[[nodiscard]] std::string listener_text(const ListenerOptions& listener) {
  if (listener.descriptor >= 0) return "fd:" + std::to_string(listener.descriptor);
  if (!listener.unix_socket.empty()) return "unix:" + listener.unix_socket;
  return host_and_port(listener.host, listener.port);
}

}  // namespace

bool read_listeners(std::string_view text, std::vector<ListenerOptions>& out) {
  bool is_good = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end != 0) {
      ListenerOptions listener;
      if (!read_listener(text.substr(0, end), listener)) return false;
      out.push_back(std::move(listener));
      is_good = true;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return is_good;
}

std::string listeners_text(const std::vector<ListenerOptions>& listeners) {
  std::string text;
  for (const ListenerOptions& each : listeners) text += (text.empty() ? "" : " ") + listener_text(each);
  return text.empty() ? "none" : text;
}

}  // namespace serval::detail
