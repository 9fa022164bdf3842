// SPDX-License-Identifier: MIT
#include "base/utf8_check.hpp"

#include "base/byte_scan.hpp"
#include "base/utf8.hpp"

namespace serval::detail {

namespace {

/// The position after the next ASCII bytes, in steps of eight: most text consists of them.
[[nodiscard]] std::size_t skip_ascii(std::string_view text, std::size_t position) noexcept {
  while (text.size() - position >= 8 && (load_bytes(text.data() + position) & byte_highs) == 0) position += 8;
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
