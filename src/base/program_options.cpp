// SPDX-License-Identifier: MIT
#include "base/program_options.hpp"

#include <algorithm>
#include <mutex>

namespace serval::detail {

namespace {

/// One for the process, like the command line.
struct KnownOptions {
  std::mutex mutex;
  std::vector<ProgramOption> options;  // guarded by `mutex`
};
KnownOptions& known_options() {
  static KnownOptions known;
  return known;
}

}  // namespace

void declare_program_option(const ProgramOption& option) {
  KnownOptions& known = known_options();
  const std::scoped_lock lock(known.mutex);
  const auto found = std::find_if(known.options.begin(), known.options.end(),
                                  [&](const ProgramOption& each) { return each.name == option.name; });
  if (found == known.options.end())
    known.options.push_back(option);
  else if (!found->advice.empty())
    *found = option;
}

std::vector<ProgramOption> program_options() {
  KnownOptions& known = known_options();
  const std::scoped_lock lock(known.mutex);
  return known.options;
}

}  // namespace serval::detail
