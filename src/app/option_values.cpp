// SPDX-License-Identifier: MIT
#include "app/option_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

#include "middleware/trusted_proxies.hpp"

namespace serval::detail {

bool read_seconds(std::string_view text, std::chrono::milliseconds& out) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || !(seconds >= 0 && seconds < 1e9)) return false;
  out = std::chrono::milliseconds(std::llround(seconds * 1000));
  if (seconds > 0) out = (std::max)(out, std::chrono::milliseconds(1));  // 0 would mean no limit
  return true;
}

/// "1.5".
std::string seconds_text(std::chrono::milliseconds time) {
  std::array<char, 32> text;
  const double seconds = static_cast<double>(time.count()) / 1000;
  char* const end = std::to_chars(text.data(), text.data() + text.size(), seconds, std::chars_format::fixed).ptr;
  return std::string(text.data(), end);
}

bool is_log_level(std::string_view level) {
  constexpr std::array<std::string_view, 7> levels{"trace", "debug", "info", "warning", "error", "critical", "off"};
  return std::find(levels.begin(), levels.end(), level) != levels.end();
}

/// Addresses and networks, separated by commas or blanks.
bool read_trusted_proxies(std::string_view text, std::vector<std::string>& out) {
  out.clear();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(", "), text.size());
    const std::string_view proxy = text.substr(0, end);
    if (!proxy.empty()) {
      if (!TrustedProxies::fault_of(proxy).empty()) return false;
      out.emplace_back(proxy);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return !out.empty();
}

}  // namespace serval::detail
