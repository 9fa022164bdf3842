// SPDX-License-Identifier: MIT
// error: a dependency whose value nobody takes is written depends<function>
#include <serval/serval.hpp>

serval::App app({.dependencies = {[](serval::Header<std::string, "x-token"> token) { static_cast<void>(token); }}});
