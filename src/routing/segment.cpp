// SPDX-License-Identifier: MIT
#include "routing/segment.hpp"

#include "base/ascii.hpp"

namespace serval::detail {
namespace {

/// The unit at `at`, where there is at least one byte.
Unit unit_at(std::string_view raw, std::size_t at) noexcept {
  if (raw[at] == '%' && raw.size() - at >= 3) {
    const int escaped = hex_byte(raw[at + 1], raw[at + 2]);
    if (escaped >= 0) return {static_cast<char>(escaped), 3};
  }
  return {raw[at], 1};
}

bool equals(Unit unit, char literal) noexcept {
  return unit.byte == literal && unit.width != 0 && (literal != '/' || unit.width == 1);
}

/// Removes decoded digits from the front; false if there is none.
bool skip_digits(std::string_view& raw) noexcept {
  bool any = false;
  for (Unit unit = first_unit(raw); unit.width != 0 && is_digit(unit.byte); unit = first_unit(raw)) {
    raw.remove_prefix(unit.width);
    any = true;
  }
  return any;
}

bool is_number(std::string_view raw) noexcept {
  if (!skip_digits(raw)) return false;
  if (raw.empty()) return true;
  const Unit point = first_unit(raw);
  if (point.byte != '.') return false;
  raw.remove_prefix(point.width);
  return skip_digits(raw) && raw.empty();
}

bool is_uuid(std::string_view raw) noexcept {
  constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  for (const char expected : form) {
    const Unit unit = first_unit(raw);
    if (unit.width == 0) return false;
    if (expected == '-' ? unit.byte != '-' : hex_value(unit.byte) < 0) return false;
    raw.remove_prefix(unit.width);
  }
  return raw.empty();
}

}  // namespace

Unit first_unit(std::string_view raw) noexcept { return raw.empty() ? Unit{} : unit_at(raw, 0); }

Unit last_unit(std::string_view raw) noexcept {
  if (raw.empty()) return {};
  if (raw.size() >= 3) {
    if (const Unit unit = unit_at(raw, raw.size() - 3); unit.width == 3) return unit;
  }
  return {raw.back(), 1};
}

std::optional<std::size_t> match_prefix(std::string_view raw, std::string_view literal) noexcept {
  const std::size_t size = raw.size();
  for (const char c : literal) {
    const Unit unit = first_unit(raw);
    if (!equals(unit, c)) return std::nullopt;
    raw.remove_prefix(unit.width);
  }
  return size - raw.size();
}

std::optional<std::size_t> match_suffix(std::string_view raw, std::string_view literal) noexcept {
  const std::size_t size = raw.size();
  for (; !literal.empty(); literal.remove_suffix(1)) {
    const Unit unit = last_unit(raw);
    if (!equals(unit, literal.back())) return std::nullopt;
    raw.remove_suffix(unit.width);
  }
  return size - raw.size();
}

bool accepts(routing::Converter converter, std::string_view raw) noexcept {
  switch (converter) {
    case routing::Converter::text:
      return !raw.empty();
    case routing::Converter::path:
      return true;
    case routing::Converter::integer:
      return skip_digits(raw) && raw.empty();
    case routing::Converter::number:
      return is_number(raw);
    case routing::Converter::uuid:
      return is_uuid(raw);
  }
  return false;
}

std::optional<std::string_view> capture(const routing::Pattern::Segment& segment, std::string_view raw) noexcept {
  if (!segment.prefix.empty()) {
    const auto taken = match_prefix(raw, segment.prefix);
    if (!taken) return std::nullopt;
    raw.remove_prefix(*taken);
  }
  if (!segment.suffix.empty()) {
    const auto taken = match_suffix(raw, segment.suffix);
    if (!taken) return std::nullopt;
    raw.remove_suffix(*taken);
  }
  if (!accepts(segment.converter, raw)) return std::nullopt;
  return raw;
}

std::optional<std::string_view> decode_into(std::span<char> buffer, std::string_view raw) noexcept {
  std::size_t size = 0;
  while (!raw.empty()) {
    if (size == buffer.size()) return std::nullopt;
    const Unit unit = first_unit(raw);
    buffer[size++] = unit.byte;
    raw.remove_prefix(unit.width);
  }
  return std::string_view(buffer.data(), size);
}

}  // namespace serval::detail
