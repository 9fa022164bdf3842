// SPDX-License-Identifier: MIT
// error: to list a dependency whose value is not used, write depends<function>
#include <serval/serval.hpp>

serval::App app({.dependencies = {[](serval::Header<std::string, "x-token"> token) { static_cast<void>(token); }}});
