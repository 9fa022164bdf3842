// SPDX-License-Identifier: MIT
#include "dev/channel.hpp"

#include <sys/socket.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <utility>

namespace serval::detail {

std::optional<DevSetting> DevSetting::read(std::string_view text) {
  std::array<std::string_view, 4> parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_last = i + 1 == parts.size();
    const std::size_t end = is_last ? text.size() : text.find(':');
    if (end == std::string_view::npos) return std::nullopt;
    parts[i] = text.substr(0, end);
    text.remove_prefix(is_last ? end : end + 1);
  }
  DevSetting setting{
      .generation = std::string(parts[1]), .token = std::string(parts[2]), .host = std::string(parts[3])};
  const auto [end, fault] = std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), setting.socket);
  const bool is_number = fault == std::errc() && end == parts[0].data() + parts[0].size();
  if (!is_number || setting.socket < 0 || setting.generation.empty() || setting.token.empty()) return std::nullopt;
  return setting;
}

DevChannel::State DevChannel::state() {
  const std::scoped_lock lock(mutex_);
  for (;;) {
    const ssize_t size = ::recv(setting_.socket, nullptr, 0, MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT);
    if (size <= 0) return state_;  // none, or the tool has ended
    std::string packet(static_cast<std::size_t>(size), '\0');
    static_cast<void>(::recv(setting_.socket, packet.data(), packet.size(), MSG_DONTWAIT));
    ++state_.version;
    state_.error = packet == "\n" ? std::string() : std::move(packet);  // packets are not empty
  }
}

}  // namespace serval::detail
