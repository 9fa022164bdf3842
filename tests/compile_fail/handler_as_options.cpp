// SPDX-License-Identifier: MIT
// error: put the handler into its own parentheses, after those of the path
#include <serval/serval.hpp>

int create_item();

void declare(serval::App& app) { app.post("/items", create_item); }
