// SPDX-License-Identifier: MIT
#include "command_line.hpp"

#include <algorithm>
#include <map>

namespace serval::tool {

namespace {

void add_project(CLI::App& command, std::string& project, std::string& target, std::string& compiler) {
  command.add_option("project", project, "A source file or the folder of a project; default: the current folder")
      ->type_name("FILE|DIR");
  command.add_option("--target", target, "The program of a CMake project, if it has several")->type_name("NAME");
  command.add_option("--compiler", compiler, "Default: clang++ if there is one, else g++")->type_name("PROGRAM");
}

void add_dev(CLI::App& app, Wishes& wishes) {
  CLI::App* dev = app.add_subcommand("dev", "Build a program, serve it, and replace it when a file changes");
  add_project(*dev, wishes.dev.project, wishes.dev.target, wishes.dev.compiler);
  dev->add_option("--host", wishes.dev.host, "The address to listen on")->capture_default_str()->type_name("ADDRESS");
  dev->add_option("--port", wishes.dev.port, "0: a free one")->capture_default_str()->type_name("PORT");
  dev->add_flag("--poll", wishes.dev.polls, "Look at the files every 500 ms, where changes are not reported");
  dev->add_flag("--no-browser-reload", wishes.keeps_browser, "Leave the program's pages as they are");
}

/// The program of a command that has another argument than the project.
void add_program(CLI::App& command, ProgramOptions& program) {
  command.add_option("--project", program.project, "A source file or the folder of a project")->type_name("FILE|DIR");
  command.add_option("--target", program.target, "The program of a CMake project")->type_name("NAME");
  command.add_option("--compiler", program.compiler, "Default: clang++ if there is one")->type_name("PROGRAM");
}

void add_client(CLI::App& app, ClientOptions& options) {
  CLI::App* client = app.add_subcommand("client", "Make a client from an OpenAPI document");
  client->require_subcommand(1);
  CLI::App* ts = client->add_subcommand("ts", "A TypeScript client");
  ts->add_option("--from", options.from, "A document, or the address of one or of a server; default: the program's own")
      ->type_name("FILE|URL");
  ts->add_option("--out", options.out, "A folder for the client alone")->capture_default_str()->type_name("FOLDER");
  ts->add_flag("--check", options.checks, "Write nothing; exit code 1 if the folder is not the client");
  add_program(*ts, options.program);
}

void add_questions(CLI::App& app, Wishes& wishes) {
  CLI::App* routes = app.add_subcommand("routes", "List the routes of a program");
  add_project(*routes, wishes.program.project, wishes.program.target, wishes.program.compiler);
  CLI::App* openapi = app.add_subcommand("openapi", "Write the OpenAPI document of a program");
  openapi->add_option("file", wishes.file, "Default: standard output")->type_name("FILE");
  add_program(*openapi, wishes.program);
  openapi->add_option("--check", wishes.check, "Write nothing; exit code 1 if this file is not the document")
      ->type_name("FILE");
}

bool begins_with(const std::string& text, const std::string& beginning) { return text.starts_with(beginning); }

}  // namespace

void declare_commands(CLI::App& app, Wishes& wishes) {
  const std::map<std::string, Color> colors{
      {"auto", Color::automatic}, {"always", Color::always}, {"never", Color::never}};
  app.description("Builds, serves and examines programs with the library serval.");
  app.add_option("--color", wishes.color, "auto, always or never")
      ->transform(CLI::CheckedTransformer(colors).description(""))
      ->type_name("WHEN");
  app.add_flag("--quiet", wishes.is_quiet, "Say only what has failed");
  app.require_subcommand(1);
  app.fallthrough();
  add_dev(app, wishes);
  CLI::App* run = app.add_subcommand("run", "Build a program with optimization and become it, on all addresses");
  add_project(*run, wishes.program.project, wishes.program.target, wishes.program.compiler);
  CLI::App* made = app.add_subcommand("new", "Make a project");
  made->add_option("name", wishes.folder, "Its folder; the last part is its name")->required()->type_name("NAME");
  made->add_option("--template", wishes.project_template, "hello or service")->capture_default_str()->type_name("NAME");
  add_questions(app, wishes);
  add_client(app, wishes.client);
  CLI::App* doctor = app.add_subcommand("doctor", "Check whether everything is there that the other commands need");
  doctor->add_flag("--json", wishes.as_json, "As JSON");
  CLI::App* completion = app.add_subcommand("completion", "Print the completion script of a shell");
  completion->add_option("shell", wishes.shell, "bash or zsh")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh"}).description(""));
}

std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words) {
  const std::string last = words.empty() ? "" : words.back();
  const CLI::App* command = &app;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    for (const CLI::App* each : command->get_subcommands(nullptr)) {
      if (each->get_name() == words[i]) {
        command = each;
        break;
      }
    }
  }
  std::vector<std::string> found;
  const auto add = [&](const std::string& word) {
    if (begins_with(word, last)) found.push_back(word);
  };
  if (begins_with(last, "-")) {
    for (const CLI::App* each : {command, &app}) {
      for (const CLI::Option* option : each->get_options()) {
        for (const std::string& name : option->get_lnames()) add("--" + name);
      }
    }
  } else {
    for (const CLI::App* each : command->get_subcommands(nullptr)) add(each->get_name());
  }
  const std::map<std::string, std::vector<std::string>> values{
      {"--template", {"hello", "service"}}, {"--color", {"auto", "always", "never"}}, {"completion", {"bash", "zsh"}}};
  if (words.size() >= 2) {
    if (const auto known = values.find(words[words.size() - 2]); known != values.end())
      for (const std::string& value : known->second) add(value);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::string completion_script(const std::string& shell) {
  if (shell == "zsh") {
    return R"(#compdef serval
_serval() {
  local -a words_found
  words_found=("${(@f)$(serval __complete "${words[@]:1:$((CURRENT - 1))}")}")
  if [[ -n ${words_found[1]} ]]; then compadd -a words_found; else _files; fi
}
compdef _serval serval
)";
  }
  return R"(_serval() {
  local IFS=$'\n'
  COMPREPLY=($(serval __complete "${COMP_WORDS[@]:1:COMP_CWORD}"))
}
complete -o default -F _serval serval
)";
}

}  // namespace serval::tool
