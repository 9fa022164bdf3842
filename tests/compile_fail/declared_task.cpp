// SPDX-License-Identifier: MIT
// error: this type is only declared; include its header
#include <serval/serval.hpp>

serval::Task<int> count();

void declare(serval::App& app) { app.get<count>("/count"); }
