// SPDX-License-Identifier: MIT
// The command `serval`. Exit codes: 0 done, or stopped by a signal; 1 it failed; 2 wrong usage; 3 the program ended
// before it served; 128 + n the program died by signal n.
#include <serval/base/version.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "dev.hpp"
#include "doctor.hpp"
#include "new_project.hpp"
#include "program.hpp"
#include "project.hpp"
#include "terminal.hpp"
#include "typescript_client.hpp"

namespace serval::tool {

namespace {

int obey(const CLI::App& app, Wishes& wishes, const Terminal& terminal) {
  const auto is = [&](const char* command) { return app.got_subcommand(command); };
  if (is("dev")) {
    wishes.dev.arguments = wishes.arguments;
    wishes.dev.reloads_browser = !wishes.keeps_browser;
    return run_dev(wishes.dev, terminal);
  }
  if (is("run")) {
    wishes.program.kind = BuildKind::release;
    return run_program(wishes.program, wishes.arguments, terminal);
  }
  if (is("new")) {
    make_project(wishes.folder, wishes.project_template, find_installation().share / "templates", terminal);
    return 0;
  }
  if (is("routes")) return ask_program(wishes.program, {"--routes"}, terminal);
  if (is("openapi")) {
    if (!wishes.check.empty()) return check_document(wishes.program, wishes.check, terminal);
    std::vector<std::string> arguments{"--openapi"};
    if (!wishes.file.empty()) arguments.push_back(wishes.file);
    return ask_program(wishes.program, arguments, terminal);
  }
  if (is("client")) return make_typescript_client(wishes.client, terminal);
  if (is("doctor")) return run_doctor(wishes.as_json, terminal);
  std::fputs(completion_script(wishes.shell).c_str(), stdout);
  return 0;
}

/// Removes what follows "--", which belongs to the program.
std::vector<std::string> take_program_arguments(std::vector<std::string>& words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  if (end == words.end()) return {};
  std::vector<std::string> rest(end + 1, words.end());
  words.erase(end, words.end());
  return rest;
}

int main_of(std::vector<std::string> words) {
  Wishes wishes;
  CLI::App app("", "serval");
  declare_commands(app, wishes);
  app.set_version_flag("--version", std::string(library_version));
  if (!words.empty() && words[0] == "__complete") {
    for (const std::string& word : completions(app, {words.begin() + 1, words.end()}))
      std::printf("%s\n", word.c_str());
    return 0;
  }
  wishes.arguments = take_program_arguments(words);
  std::reverse(words.begin(), words.end());  // as CLI11 wants it
  try {
    app.parse(std::move(words));
  } catch (const CLI::ParseError& fault) {
    return app.exit(fault) == 0 ? 0 : 2;
  }
  const Terminal terminal(wishes.color, wishes.is_quiet);
  try {
    return obey(app, wishes, terminal);
  } catch (const UsageError& fault) {
    terminal.complain("serval: " + std::string(fault.what()));
    return 2;
  } catch (const std::exception& fault) {
    terminal.complain("serval: " + std::string(fault.what()));
    return 1;
  }
}

}  // namespace

}  // namespace serval::tool

int main(int argc, char** argv) { return serval::tool::main_of({argv + (argc > 0 ? 1 : 0), argv + argc}); }
