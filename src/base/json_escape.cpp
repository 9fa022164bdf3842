// SPDX-License-Identifier: MIT
#include <serval/base/json_escape.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/ascii.hpp"
#include "base/byte_scan.hpp"
#include "base/utf8.hpp"

namespace serval::detail {
namespace {

// The treatment of a byte: `plain` is copied, `multibyte` has to be checked as UTF-8, `control` is written as \u00xx,
// any other value is the letter after the backslash.
constexpr char plain = 0;
constexpr char multibyte = 1;
constexpr char control = 'u';

constexpr std::array<char, 256> make_actions() {
  std::array<char, 256> actions{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) actions[byte] = control;
  for (std::size_t byte = 0x80; byte < 0x100; ++byte) actions[byte] = multibyte;
  actions['"'] = '"';
  actions['\\'] = '\\';
  actions['\n'] = 'n';
  actions['\t'] = 't';
  actions['\r'] = 'r';
  actions['\b'] = 'b';
  actions['\f'] = 'f';
  return actions;
}
constexpr std::array<char, 256> actions = make_actions();

char action_of(char byte) noexcept { return actions[static_cast<unsigned char>(byte)]; }

bool all_plain(std::uint64_t word) noexcept {
  return (detail::bytes_below(word, 0x20) | detail::bytes_equal_to(word, '"') | detail::bytes_equal_to(word, '\\') |
          (word & detail::byte_highs)) == 0;
}

bool all_plain(const char* eight_bytes) noexcept { return all_plain(detail::load_bytes(eight_bytes)); }

// The last word may overlap the one before it.
bool all_plain(std::string_view text) noexcept {
  constexpr std::size_t half = 4;
  const char* const end = text.data() + text.size();
  if (text.size() >= 8) {
    for (const char* at = text.data(); end - at > 8; at += 8) {
      if (!all_plain(at)) return false;
    }
    return all_plain(end - 8);
  }
  if (text.size() >= half) {
    std::uint32_t first = 0, last = 0;
    std::memcpy(&first, text.data(), half);
    std::memcpy(&last, end - half, half);
    return all_plain(std::uint64_t{first} << 32U | last);
  }
  return std::all_of(text.begin(), text.end(), [](char byte) { return action_of(byte) == plain; });
}

// The position of the first byte, from `position` on, that cannot be copied unchanged.
std::size_t find_work(std::string_view text, std::size_t position) noexcept {
  while (position < text.size()) {
    while (text.size() - position >= 8 && all_plain(text.data() + position)) position += 8;
    while (position < text.size() && action_of(text[position]) == plain) ++position;
    if (position == text.size() || action_of(text[position]) != multibyte) break;
    const detail::Utf8Step step = detail::utf8_step(text, position);
    if (!step.well_formed) break;
    position += step.length;
  }
  return position;
}

void append_escape(std::string& out, char byte) {
  const char action = action_of(byte);
  if (action != control) {
    out += {'\\', action};
    return;
  }
  out += "\\u00";
  detail::append_hex(out, static_cast<unsigned char>(byte), detail::lower_hex_digits);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::size_t is_short = 64;  // reading a longer text twice would cost more than it saves
  if (text.size() <= is_short && all_plain(text)) {
    const std::size_t begin = out.size();
    out.append(text.size() + 2, '"');
    text.copy(out.data() + begin + 1, text.size());
    return;
  }
  out += '"';
  std::size_t position = 0;
  for (;;) {
    const std::size_t work = find_work(text, position);
    out.append(text, position, work - position);
    if (work == text.size()) break;
    if (action_of(text[work]) == multibyte) {
      out += detail::utf8_replacement;
      position = work + detail::utf8_step(text, work).length;
    } else {
      append_escape(out, text[work]);
      position = work + 1;
    }
  }
  out += '"';
}

}  // namespace serval::detail
