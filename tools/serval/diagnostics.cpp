// SPDX-License-Identifier: MIT
#include "diagnostics.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <tuple>

#include "surroundings.hpp"

namespace serval::tool {

namespace {

constexpr std::string_view sentence_mark = "serval: ";

/// Reads ":12" from the beginning of `text`.
std::optional<int> take_number(std::string_view& text) {
  if (!text.starts_with(':')) return std::nullopt;
  int number = 0;
  const auto [end, fault] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
  if (fault != std::errc() || number <= 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, std::string_view beginning) {
  if (!text.starts_with(beginning)) return false;
  text.remove_prefix(beginning.size());
  return true;
}

/// "file:line:column: error: message", also without a column.
std::optional<Diagnostic> compiler_error(std::string_view line) {
  for (std::size_t colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
    std::string_view rest = line.substr(colon);
    const std::optional<int> number = take_number(rest);
    if (!number) continue;
    const int column = take_number(rest).value_or(0);
    if (!take(rest, ": fatal error: ") && !take(rest, ": error: ")) return std::nullopt;
    Diagnostic found{.file = std::string(line.substr(0, colon)), .line = *number, .column = column};
    found.message = rest;
    return found;
  }
  return std::nullopt;
}

/// "ld.lld: error: undefined symbol: f()", "a.cpp:(.text+0x12): undefined reference to `f()'".
std::optional<Diagnostic> other_error(std::string_view line) {
  for (const std::string_view mark : {"ld.lld: error: ", "error: "}) {
    if (std::string_view rest = line; take(rest, mark)) return Diagnostic{.message = std::string(rest)};
  }
  if (const std::size_t at = line.find("undefined reference to"); at != std::string_view::npos)
    return Diagnostic{.message = std::string(line.substr(at))};
  return std::nullopt;
}

/// "CMake Error at CMakeLists.txt:3 (find_package):", followed by indented lines with the message.
std::optional<Diagnostic> cmake_error(const std::vector<std::string_view>& lines, std::size_t at,
                                      std::string_view folder) {
  std::string_view head = lines[at];
  if (!take(head, "CMake Error")) return std::nullopt;
  Diagnostic found;
  if (take(head, " at ")) {
    const std::size_t colon = std::min(head.find(':'), head.size());
    found.file = std::string(folder) + "/" + std::string(head.substr(0, colon));
    head.remove_prefix(colon);
    found.line = take_number(head).value_or(0);
  }
  for (std::size_t i = at + 1; i < lines.size() && (lines[i].empty() || lines[i].starts_with("  ")); ++i) {
    const std::string_view text = lines[i].substr(std::min(lines[i].find_first_not_of(' '), lines[i].size()));
    if (!text.empty()) found.message.append(found.message.empty() ? "" : " ").append(text);
  }
  if (found.message.empty()) found.message = lines[at];
  return found;
}

/// Reduces the message of a failed `static_assert` of serval to its sentence, whatever the compiler says around it.
void find_sentence(Diagnostic& found) {
  const std::size_t at = found.message.find(sentence_mark);
  const bool is_assertion =
      found.message.find("static assertion failed") != std::string::npos || found.message.starts_with("static_assert");
  if (at == std::string::npos || !is_assertion) return;
  found.is_of_serval = true;
  found.message.erase(0, at + sentence_mark.size());
  if (found.message.ends_with('"')) found.message.pop_back();
}

/// Where the user's code caused an error within the library: the first later line that names a file below `folder`.
/// g++ and clang++ list the places from the inside to the outside.
void find_cause(Diagnostic& found, const std::vector<std::string_view>& lines, std::size_t at,
                std::string_view folder) {
  if (found.file.starts_with(folder)) return;
  // g++ names the places before the error ("required from here"), clang++ after it.
  std::optional<Diagnostic> cause;
  const auto read = [&](std::string_view line) {
    if (line.starts_with("In file included from ")) line.remove_prefix(sizeof("In file included from ") - 1);
    if (!line.starts_with(folder)) return false;
    const std::size_t colon = line.find(':', folder.size());
    if (colon == std::string_view::npos) return false;
    std::string_view rest = line.substr(colon);
    const std::optional<int> number = take_number(rest);
    if (!number) return false;
    cause = Diagnostic{.file = std::string(line.substr(0, colon)), .line = *number};
    cause->column = take_number(rest).value_or(0);
    return true;
  };
  const bool is_place_before = [&] {
    for (std::size_t i = at; i-- > 0 && !compiler_error(lines[i]);) {
      if (lines[i].find("required from") != std::string_view::npos && read(lines[i])) return true;
    }
    return false;
  }();
  for (std::size_t i = at + 1; !is_place_before && i < lines.size() && !compiler_error(lines[i]); ++i) {
    if (lines[i].find(": note: ") != std::string_view::npos && read(lines[i])) break;
  }
  if (!cause) return;
  std::tie(found.file, found.line, found.column) = std::tie(cause->file, cause->line, cause->column);
  found.source.clear();
}

/// The line of code that both compilers show below a message: g++ as "   12 | code", clang++ as it is.
std::string shown_source(const std::vector<std::string_view>& lines, std::size_t at) {
  if (at + 2 >= lines.size() || lines[at + 2].find('^') == std::string_view::npos) return {};
  std::string_view line = lines[at + 1];
  if (const std::size_t bar = line.find(" | "); bar != std::string_view::npos && bar < 8) line.remove_prefix(bar + 3);
  return std::string(line.substr(std::min(line.find_first_not_of(" \t"), line.size())));
}

std::string relative_to(const std::string& file, std::string_view folder) {
  if (!file.starts_with(folder) || file.size() <= folder.size()) return file;
  return file.substr(folder.size() + (file[folder.size()] == '/' ? 1 : 0));
}

/// The last lines, for output that has no known form.
std::string tail(std::string_view output, std::size_t most) {
  std::vector<std::string_view> lines = lines_of(output);
  std::string text;
  for (std::size_t i = lines.size() > most ? lines.size() - most : 0; i < lines.size(); ++i)
    text.append(lines[i]).append("\n");
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace

std::vector<Diagnostic> diagnostics_of(std::string_view output, std::string_view folder) {
  const std::vector<std::string_view> lines = lines_of(output);
  std::vector<Diagnostic> all;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::optional<Diagnostic> found = compiler_error(lines[i]);
    if (found) {
      found->source = shown_source(lines, i);
      find_sentence(*found);
      find_cause(*found, lines, i, folder);
    } else {
      found = other_error(lines[i]);
      if (!found) found = cmake_error(lines, i, folder);
    }
    if (!found) continue;
    const bool is_known = std::any_of(all.begin(), all.end(), [&](const Diagnostic& known) {
      return known.message == found->message && known.file == found->file && known.line == found->line;
    });
    if (!is_known) all.push_back(std::move(*found));
  }
  const auto rank = [&](const Diagnostic& each) {
    return each.is_of_serval ? 0 : each.file.starts_with(folder) ? 1 : 2;
  };
  std::stable_sort(all.begin(), all.end(), [&](const Diagnostic& a, const Diagnostic& b) { return rank(a) < rank(b); });
  return all;
}

std::string short_text(std::string_view output, std::string_view folder, const Terminal& terminal, std::size_t most) {
  const std::vector<Diagnostic> all = diagnostics_of(output, folder);
  constexpr std::size_t lines_without_errors = 20;
  if (all.empty()) return tail(output, lines_without_errors);
  std::string text;
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
    const Diagnostic& each = all[i];
    if (!each.file.empty()) {
      std::string place = relative_to(each.file, folder);
      if (each.line != 0) place += ":" + std::to_string(each.line);
      if (each.column != 0) place += ":" + std::to_string(each.column);
      text += terminal.styled(Style::bold, place) + ": ";
    }
    text += terminal.styled(Style::error, "error: ") + each.message + "\n";
    if (!each.source.empty()) text += "    " + terminal.styled(Style::dim, each.source) + "\n";
  }
  if (all.size() > most) text += "and " + std::to_string(all.size() - most) + " more\n";
  text.pop_back();
  return text;
}

}  // namespace serval::tool
