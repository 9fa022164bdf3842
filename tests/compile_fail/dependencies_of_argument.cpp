// SPDX-License-Identifier: MIT
// error: a dependency whose value nobody takes is written depends<function>
#include <serval/serval.hpp>

void common(serval::Header<std::string, "x-token"> token);

serval::Router items({.prefix = "/items", .dependencies = {serval::Depends<common>{}}});
