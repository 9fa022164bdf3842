// SPDX-License-Identifier: MIT
// error: the handler stands in parentheses of its own, behind those of the path
#include <serval/serval.hpp>

int create_item();

void declare(serval::App& app) { app.post("/items", create_item); }
