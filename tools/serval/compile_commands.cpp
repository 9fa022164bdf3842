// SPDX-License-Identifier: MIT
#include "compile_commands.hpp"

#include <serval/json/json.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "surroundings.hpp"

namespace serval::tool {

using std::filesystem::path;

namespace {

/// CMake's name for the header that it precompiles.
constexpr std::string_view cmake_header = "cmake_pch.hxx";

/// The words of a shell command, with their quotes and backslashes.
std::vector<std::string_view> shell_words(std::string_view command) {
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  bool is_quoted = false;
  for (std::size_t i = 0; i <= command.size(); ++i) {
    const bool is_end = i == command.size() || (command[i] == ' ' && !is_quoted);
    if (is_end) {
      if (i != begin) words.push_back(command.substr(begin, i - begin));
      begin = i + 1;
    } else if (command[i] == '\\') {
      ++i;
    } else if (command[i] == '"') {
      is_quoted = !is_quoted;
    }
  }
  return words;
}

/// How many words at a position belong to an option of precompiled headers.
std::size_t length_of_option(const std::vector<std::string_view>& words, std::size_t at) {
  const auto word = [&](std::size_t i) { return at + i < words.size() ? words[at + i] : std::string_view(); };
  const auto names_header = [&](std::size_t i) { return word(i).find(cmake_header) != std::string_view::npos; };
  constexpr std::array<std::string_view, 3> alone{"-Winvalid-pch", "-fpch-instantiate-templates", "-fpch-preprocess"};
  if (std::find(alone.begin(), alone.end(), word(0)) != alone.end()) return 1;
  if (word(0) == "-include" && names_header(1)) return 2;
  if (word(0) != "-Xclang") return 0;
  if (word(1) == "-fno-pch-timestamp") return 2;
  return (word(1) == "-include-pch" || word(1) == "-include") && names_header(3) ? 4 : 0;
}

}  // namespace

std::string without_precompiled_header(std::string_view command) {
  const std::vector<std::string_view> words = shell_words(command);
  std::string kept;
  for (std::size_t i = 0; i < words.size();) {
    if (const std::size_t length = length_of_option(words, i); length != 0) {
      i += length;
      continue;
    }
    kept += (kept.empty() ? "" : " ") + std::string(words[i++]);
  }
  return kept;
}

void remove_precompiled_headers(const path& compile_commands) {
  const json commands = json::parse(text_of(compile_commands), nullptr, false);
  if (!commands.is_array()) return;
  json kept = json::array();
  for (json entry : commands) {
    if (!entry.is_object() || !entry.contains("command") || !entry["command"].is_string()) return;
    if (entry.value("file", "").find(cmake_header) != std::string::npos) continue;
    entry["command"] = without_precompiled_header(entry["command"].get<std::string>());
    kept.push_back(std::move(entry));
  }
  const path aside = compile_commands.string() + ".new";  // clangd may read at any time
  std::ofstream out(aside);
  out << kept.dump(2) << '\n';
  out.close();
  std::error_code fault;
  if (out) std::filesystem::rename(aside, compile_commands, fault);
  if (!out || fault) std::filesystem::remove(aside, fault);
}

}  // namespace serval::tool
