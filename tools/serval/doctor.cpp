// SPDX-License-Identifier: MIT
#include "doctor.hpp"

#include <unistd.h>

#include <serval/base/version.hpp>
#include <serval/json/json.hpp>

#include <cstdio>
#include <exception>
#include <fstream>
#include <string_view>

#include "listening_socket.hpp"
#include "process.hpp"
#include "project.hpp"

namespace serval::tool {

namespace {

using Level = Finding::Level;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// A program that the commands run: its version, or how to install it.
Finding program(const std::string& name, Level if_missing, const std::string& package) {
  if (find_program(name).empty())
    return {.level = if_missing, .what = name + " is not installed", .remedy = "apt-get install " + package};
  const std::string version = first_line(run_now({.words = {name, "--version"}}).output);
  const bool is_number = version.find_first_not_of("v.0123456789") == std::string::npos;
  return {.what = is_number ? name + " " + version : version};
}

Finding library() {
  try {
    const Installation found = find_installation();
    const Ended version = ask_pkg_config(found, {"--modversion", "serval"});
    if (version.code != 0)
      return {.level = Level::fault,
              .what = "pkg-config: " + first_line(version.output),
              .remedy = "apt-get install pkgconf"};
    const std::string number = first_line(version.output);
    if (number == library_version) return {.what = "serval " + number + " in " + found.prefix.string()};
    return {.level = Level::fault,
            .what = "the library in " + found.prefix.string() + " is serval " + number + ", this program belongs to " +
                    std::string(library_version),
            .remedy = "install both from the same version"};
  } catch (const std::exception& fault) {
    return {.level = Level::fault, .what = fault.what(), .remedy = "install the library"};
  }
}

Finding watches() {
  std::ifstream in("/proc/sys/fs/inotify/max_user_watches");
  long most = 0;
  in >> most;
  constexpr long enough = 8192;
  if (most >= enough) return {.what = "files can be watched (" + std::to_string(most) + " inotify watches)"};
  return {.level = Level::advice,
          .what = "only " + std::to_string(most) + " inotify watches: serval dev may have to look every 500 ms",
          .remedy = "sysctl fs.inotify.max_user_watches=524288"};
}

Finding cache() {
  try {
    const std::filesystem::path folder = cache_folder();
    if (::access(folder.c_str(), W_OK) == 0) return {.what = "the cache " + folder.string() + " can be written"};
    return {.level = Level::fault,
            .what = "the cache " + folder.string() + " cannot be written",
            .remedy = "set XDG_CACHE_HOME"};
  } catch (const std::exception& fault) {
    return {.level = Level::fault, .what = fault.what(), .remedy = "set XDG_CACHE_HOME"};
  }
}

Finding port() {
  constexpr std::uint16_t usual = 8000;
  try {
    const ListeningSocket socket("127.0.0.1", usual);
    return {.what = "port 8000 is free"};
  } catch (const std::exception& fault) {
    return {.level = Level::advice, .what = fault.what(), .remedy = "serval dev --port 8001"};
  }
}

std::string_view word_for(Level level) {
  switch (level) {
    case Level::good:
      return "ok";
    case Level::advice:
      return "advice";
    case Level::fault:
      return "fault";
  }
  return {};
}

}  // namespace

std::vector<Finding> examine() {
  std::vector<Finding> findings{library()};
  const bool has_gcc = !find_program("g++").empty();
  findings.push_back(program("clang++", has_gcc ? Level::advice : Level::fault, "clang"));
  findings.push_back(program("g++", Level::advice, "g++"));
  findings.push_back(program("cmake", Level::advice, "cmake"));
  findings.push_back(program("ninja", Level::advice, "ninja-build"));
  findings.push_back(program("ld.lld", Level::advice, "lld"));
  findings.push_back(program("ccache", Level::advice, "ccache"));
  findings.push_back(program("node", Level::advice, "npm"));
  findings.push_back(cache());
  findings.push_back(watches());
  findings.push_back(port());
  return findings;
}

int run_doctor(bool as_json, const Terminal& terminal) {
  const std::vector<Finding> findings = examine();
  int code = 0;
  json list = json::array();
  for (const Finding& each : findings) {
    if (each.level == Level::fault) code = 1;
    if (as_json) {
      list.push_back({{"level", word_for(each.level)}, {"what", each.what}, {"remedy", each.remedy}});
      continue;
    }
    const Style style = each.level == Level::good     ? Style::good
                        : each.level == Level::advice ? Style::warning
                                                      : Style::error;
    const std::string mark = terminal.styled(style, each.level == Level::good     ? "ok    "
                                                    : each.level == Level::advice ? "advice"
                                                                                  : "fault ");
    std::printf("%s  %s%s\n", mark.c_str(), each.what.c_str(), each.remedy.empty() ? "" : (": " + each.remedy).c_str());
  }
  if (as_json) std::printf("%s\n", list.dump(2).c_str());
  return code;
}

}  // namespace serval::tool
