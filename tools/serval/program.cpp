// SPDX-License-Identifier: MIT
#include "program.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "diagnostics.hpp"
#include "process.hpp"
#include "surroundings.hpp"

namespace serval::tool {

namespace {

/// Replaces the tool by the program; returns only if that fails.
int become(const std::string& program, const std::vector<std::string>& arguments, const Terminal& terminal) {
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execv(program.c_str(), argv.data());
  terminal.complain("serval: " + program + " cannot be started: " + std::strerror(errno));
  return 1;
}

bool has_option(const std::vector<std::string>& arguments, std::string_view name) {
  return std::any_of(arguments.begin(), arguments.end(), [&](const std::string& argument) {
    return argument == name || argument.starts_with(std::string(name) + "=");
  });
}

}  // namespace

std::string built_program(const ProgramOptions& options, const Terminal& terminal) {
  const Project project = find_project(options.project, options.target);
  const std::unique_ptr<Builder> builder =
      make_builder(project, find_installation(), choose_toolchain(options.compiler), options.kind, terminal);
  const Built built = finish(builder->build());
  if (built.is_built) return built.program;
  terminal.complain(terminal.styled(Style::error, "serval: The build has failed"));
  terminal.complain(short_text(built.output, project.folder.string(), terminal));
  return {};
}

int run_program(const ProgramOptions& options, std::vector<std::string> arguments, const Terminal& terminal) {
  const std::string program = built_program(options, terminal);
  if (program.empty()) return 1;
  const bool says_where = has_option(arguments, "--host") || has_option(arguments, "--listen") ||
                          !variable("SERVAL_HOST").empty() || !variable("SERVAL_LISTEN").empty();
  // No argument, since a command of the program is its first argument.
  if (!says_where) ::setenv("SERVAL_HOST", "0.0.0.0", 1);
  return become(program, arguments, terminal);
}

int ask_program(const ProgramOptions& options, std::vector<std::string> arguments, const Terminal& terminal) {
  const std::string program = built_program(options, terminal);
  return program.empty() ? 1 : become(program, arguments, terminal);
}

std::optional<std::string> program_document(const ProgramOptions& options, const Terminal& terminal) {
  const std::string program = built_program(options, terminal);
  if (program.empty()) return std::nullopt;
  const std::filesystem::path copy = cache_folder() / ("document-" + std::to_string(::getpid()));
  const Ended written = run_now({.words = {program, "--openapi", copy.string()}});
  std::string document = text_of(copy);
  std::error_code ignored;
  std::filesystem::remove(copy, ignored);
  if (written.code == 0) return document;
  terminal.complain(written.output);
  return std::nullopt;
}

int check_document(const ProgramOptions& options, const std::string& file, const Terminal& terminal) {
  const std::optional<std::string> document = program_document(options, terminal);
  if (!document) return 1;
  if (text_of(file) == *document) return 0;
  terminal.complain("serval: " + file + " is not the document of the program: write it with serval openapi " + file);
  return 1;
}

}  // namespace serval::tool
