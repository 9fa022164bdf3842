// SPDX-License-Identifier: MIT
#include <serval/settings/read_settings.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "base/program_options.hpp"
#include "settings/setting_filler.hpp"
#include "settings/setting_sources.hpp"
#include "settings/setting_tree.hpp"
#include "settings/settings_table.hpp"

namespace serval::detail {

namespace {

constexpr int exit_code_of_faults = 2;

constexpr ProgramOption answered_option{
    .name = "settings", .help = "print the settings and their sources, and exit", .advice = {}};
constexpr ProgramOption unanswered_option{.name = "settings",
                                          .help = answered_option.help,
                                          .advice =
                                              "the program reads its settings without its arguments; write "
                                              "read_settings<Settings>(argc, argv, options)"};

void write_line(std::FILE* out, std::string line) {
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), out);
}

void warn_of(const SettingFindings& findings, const SettingsOptions& options) {
  for (const std::string& warning : findings.warnings) {
    if (options.on_warning)
      options.on_warning(warning);
    else
      write_line(stderr, "warning: " + warning);
  }
}

[[noreturn]] void end_program(int exit_code) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): programs read their settings before they start threads
  std::exit(exit_code);
}

/// Reads everything and returns the names, their values and what is wrong.
SettingFindings read_all(SettingTree& tree, void* out, const SettingsOptions& options) {
  SettingFindings findings;
  SettingSources sources(tree, options, findings);
  sources.read();
  SettingFiller(tree, findings).fill(out);
  warn_of(findings, options);
  return findings;
}

}  // namespace

void fill_settings(const Type& type, void* out, const SettingsOptions& options, OnFault on_fault) {
  if (on_fault == OnFault::exit) declare_program_option(unanswered_option);
  SettingTree tree(type, options.prefix);
  SettingFindings findings = read_all(tree, out, options);
  if (findings.faults.empty()) return;
  SettingsError error(std::move(findings.faults));
  if (on_fault == OnFault::raise) throw std::move(error);
  write_line(stderr, error.what());
  if (on_fault == OnFault::exit_with_advice) write_line(stderr, "Try --settings.");
  end_program(exit_code_of_faults);
}

void answer_settings_option(int argc, const char* const* argv, const Type& type, void* out,
                            const SettingsOptions& options) {
  declare_program_option(answered_option);
  const bool is_asked = argc > 1 && std::any_of(argv + 1, argv + argc, [](const char* each) {
                          return std::string_view(each) == "--settings";
                        });
  if (!is_asked) return;
  SettingTree tree(type, options.prefix);
  const SettingFindings findings = read_all(tree, out, options);
  const std::string table = settings_table(tree, out, findings);
  std::fwrite(table.data(), 1, table.size(), stdout);
  end_program(findings.faults.empty() ? EXIT_SUCCESS : exit_code_of_faults);
}

}  // namespace serval::detail
