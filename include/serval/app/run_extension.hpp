// SPDX-License-Identifier: MIT
// Parts of a program that change each application which `App::run` serves.
#pragma once

namespace serval {
class App;
}

namespace serval::detail {

/// Called with the application before it serves, after the command line was read; not for `--help` and similar options.
using RunExtension = void (*)(App& app);

/// Adds an extension for all later calls of `App::run`. Thread safety: any thread.
void add_run_extension(RunExtension extension);

/// Calls all extensions in the order in which they were added.
void extend(App& app);

}  // namespace serval::detail
