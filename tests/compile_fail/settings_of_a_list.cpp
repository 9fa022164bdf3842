// SPDX-License-Identifier: MIT
// error: serval: settings are a plain struct, each member of which is a setting
#include <serval/serval.hpp>
#include <serval/settings.hpp>

#include <vector>

std::vector<int> read() { return serval::load_settings<std::vector<int>>(); }
