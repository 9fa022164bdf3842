// SPDX-License-Identifier: MIT
#include "project.hpp"

#include <system_error>

#include "surroundings.hpp"
#include "watcher.hpp"

namespace serval::tool {

using std::filesystem::path;

namespace {

bool is_file(const path& file) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(file, ignored);
}

bool names(const path& cmake_lists, const std::string& file) {
  return text_of(cmake_lists).find(file) != std::string::npos;
}

Project of_folder(const path& folder, const std::string& target) {
  if (is_file(folder / "CMakeLists.txt")) return {.folder = folder, .main_file = {}, .target = target};
  if (is_file(folder / "main.cpp")) return {.folder = folder, .main_file = folder / "main.cpp"};
  throw UsageError("there is neither a CMakeLists.txt nor a main.cpp in " + folder.string());
}

}  // namespace

Project find_project(const std::string& argument, const std::string& target) {
  const path given = std::filesystem::absolute(argument.empty() ? "." : argument).lexically_normal();
  std::error_code ignored;
  if (std::filesystem::is_directory(given, ignored)) {
    const bool ends_with_slash = given.filename().empty();
    return of_folder(ends_with_slash ? given.parent_path() : given, target);
  }
  if (!is_file(given)) throw UsageError("there is no file " + argument);
  if (!looks_like_source(given)) throw UsageError(argument + " is not a source file of C++");
  const path folder = given.parent_path();
  if (is_file(folder / "CMakeLists.txt") && names(folder / "CMakeLists.txt", given.filename().string()))
    return {.folder = folder, .main_file = {}, .target = target};
  return {.folder = folder, .main_file = given};
}

Installation find_installation() {
  std::error_code ignored;
  const path own = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const path prefix = own.parent_path().parent_path();
  for (const path& modules :
       {prefix / "lib" / "pkgconfig", prefix / "lib64" / "pkgconfig", prefix / "lib" / "x86_64-linux-gnu" / "pkgconfig",
        prefix / "lib" / "aarch64-linux-gnu" / "pkgconfig"}) {
    if (is_file(modules / "serval.pc"))
      return {.prefix = prefix, .pkg_config = modules, .share = prefix / "share" / "serval"};
  }
  const auto ask = [](const char* name) {
    const Ended found = ask_pkg_config({}, {std::string("--variable=") + name, "serval"});
    return found.code == 0 ? path(found.output.substr(0, found.output.find('\n'))) : path();
  };
  if (const path other = ask("prefix"); !other.empty())
    return {.prefix = other, .pkg_config = ask("pcfiledir"), .share = other / "share" / "serval"};
  throw std::runtime_error("the library serval is not installed beside this program, and pkg-config does not find it");
}

Ended ask_pkg_config(const Installation& installation, const std::vector<std::string>& words) {
  Command command{.words = {"pkg-config"}};
  command.words.insert(command.words.end(), words.begin(), words.end());
  if (!installation.pkg_config.empty())
    command.environment.emplace_back("PKG_CONFIG_PATH", installation.pkg_config.string());
  return run_now(command);
}

path cache_folder() {
  std::string base = variable("XDG_CACHE_HOME");
  if (base.empty()) base = variable("HOME") + "/.cache";
  const path folder = path(base) / "serval";
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace serval::tool
