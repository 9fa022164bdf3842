// SPDX-License-Identifier: MIT
// Parses `.env` files. Entries and faults have lines of the file, in order; names are names; a value in double quotes
// with its escapes is read as it was.
#include "settings/env_file.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using serval::detail::EnvFile;
using serval::detail::parse_env_file;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\' || c == '$') out += '\\';
    out += c;
  }
  return out + '"';
}

template <class Entries>
void check_lines(const Entries& entries, std::size_t line_count) {
  std::size_t before = 0;
  for (const auto& each : entries) {
    require(each.line > before && each.line <= line_count);
    before = each.line;
    for (const char c : each.name) require(c > ' ' && c < 0x7F && c != '=' && c != '#' && c != '"' && c != '\'');
  }
}

void check_round_trip(std::string_view value) {
  const EnvFile again = parse_env_file("before=1\nexport NAME = " + quoted(value) + " # comment\nafter='2'");
  require(again.faults.empty() && again.entries.size() == 3);
  require(again.entries[1].name == "NAME" && again.entries[1].value == value && again.entries[1].line == 2);
  require(again.entries[2].value == "2");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const EnvFile file = parse_env_file(text);
  const auto line_count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  check_lines(file.entries, line_count);
  check_lines(file.faults, line_count);
  for (const auto& entry : file.entries) {
    require(!entry.name.empty());
    check_round_trip(entry.value);
  }
  check_round_trip(text);
  return 0;
}
