// SPDX-License-Identifier: MIT
// error: to list a dependency whose value is not used, write depends<function>
#include <serval/serval.hpp>

void common(serval::Header<std::string, "x-token"> token);

serval::Router items({.prefix = "/items", .dependencies = {serval::Depends<common>{}}});
