// SPDX-License-Identifier: MIT
#include "new_project.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "project.hpp"
#include "surroundings.hpp"

namespace serval::tool {

using std::filesystem::path;

namespace {

/// The name of the project in the templates, which are whole projects themselves.
constexpr std::string_view placeholder = "my_service";

char upper_of(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string replaced(std::string text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// Also where it is the name of variables or of a class.
std::string substituted(std::string text, const std::string& name) {
  std::string upper = name, camel;
  bool begins_word = true;
  for (char& c : upper) {
    if (c != '_') camel += begins_word ? upper_of(c) : c;
    begins_word = c == '_';
    c = upper_of(c);
  }
  text = replaced(std::move(text), placeholder, name);
  text = replaced(std::move(text), "MY_SERVICE", upper);
  return replaced(std::move(text), "MyService", camel);
}

std::string names_in(const path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void copy(const path& from, const path& to, const std::string& name) {
  std::filesystem::create_directories(to.parent_path());
  std::ofstream out(to, std::ios::binary);
  out << substituted(text_of(from), name);
  if (!out.flush()) throw std::runtime_error("cannot write " + to.string());
}

}  // namespace

bool is_project_name(const std::string& name) {
  constexpr std::size_t longest = 40;
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  return !name.empty() && name.size() <= longest && is_small(name[0]) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_small(c) || (c >= '0' && c <= '9') || c == '_'; });
}

void make_project(const path& folder, const std::string& name_of_template, const path& templates,
                  const Terminal& terminal) {
  const std::string name = folder.filename().string();
  if (!is_project_name(name))
    throw UsageError("'" + name + "' cannot be the name of a project: take small letters, digits and _, such as shop");
  // "serval" and "test" would be taken for the library and for CTest.
  if (name == "serval" || name == "test") throw UsageError("'" + name + "' is taken: choose another name");
  const path source = templates / name_of_template;
  std::error_code ignored;
  if (!std::filesystem::is_directory(source, ignored))
    throw UsageError("there is no template " + name_of_template + "; the templates are: " + names_in(templates));
  if (std::filesystem::exists(folder) && !std::filesystem::is_empty(folder))
    throw UsageError("the folder " + folder.string() + " is not empty");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source)) {
    if (!entry.is_regular_file()) continue;
    const path relative = substituted(entry.path().lexically_relative(source).string(), name);
    copy(entry.path(), folder / relative, name);
  }
  terminal.say("serval: made " + folder.string());
  terminal.say("\n  cd " + folder.string() + "\n  serval dev\n");
}

}  // namespace serval::tool
