// SPDX-License-Identifier: MIT
// Options of the command line that a part of the program answers before `App::run` reads it.
#pragma once

#include <string_view>
#include <vector>

namespace serval::detail {

/// One such option. The texts are static.
struct ProgramOption {
  std::string_view name;    ///< "settings": --settings
  std::string_view help;    ///< for `--help`
  std::string_view advice;  ///< what the program must do before the option is answered; empty: it is answered
};

/// Makes the option known to `App::run`, or replaces what is known of it. An option that is answered stays so. Thread
/// safety: any thread.
void declare_program_option(const ProgramOption& option);

/// All that are known so far. Thread safety: any thread.
[[nodiscard]] std::vector<ProgramOption> program_options();

}  // namespace serval::detail
