// SPDX-License-Identifier: MIT
// What `serval dev` adds to the programs that it builds.
#pragma once

namespace serval::detail {

/// If `serval dev` runs this program: lets `App::run` add to HTML pages a script that shows build errors and reloads
/// the page after a build. Otherwise it does nothing. Returns true, so that a static object can call it. It reads the
/// variable SERVAL_DEV and removes it from the environment.
bool serve_dev_pages();

}  // namespace serval::detail
