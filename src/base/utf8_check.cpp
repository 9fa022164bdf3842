// SPDX-License-Identifier: MIT
#include "base/utf8_check.hpp"

#include <cstdint>
#include <cstring>

#include "base/utf8.hpp"

namespace serval::detail {

namespace {

constexpr std::uint64_t high_bits = 0x8080808080808080;

/// Behind the next ASCII bytes, as far as they come eight at a time: most text is made of them.
[[nodiscard]] std::size_t skip_ascii(std::string_view text, std::size_t position) noexcept {
  std::uint64_t word = 0;
  while (text.size() - position >= sizeof word) {
    std::memcpy(&word, text.data() + position, sizeof word);
    if ((word & high_bits) != 0) break;
    position += sizeof word;
  }
  return position;
}

}  // namespace

Utf8Verdict check_utf8(std::string_view text, std::size_t& position) noexcept {
  while ((position = skip_ascii(text, position)) < text.size()) {
    const Utf8Step step = utf8_step(text, position);
    if (!step.well_formed) {
      const auto lead = static_cast<unsigned char>(text[position]);
      const bool may_begin = lead >= 0xC2 && lead <= 0xF4;
      return may_begin && position + step.length == text.size() ? Utf8Verdict::incomplete : Utf8Verdict::invalid;
    }
    position += step.length;
  }
  return Utf8Verdict::valid;
}

bool is_utf8(std::string_view text) noexcept {
  std::size_t position = 0;
  return check_utf8(text, position) == Utf8Verdict::valid;
}

}  // namespace serval::detail
