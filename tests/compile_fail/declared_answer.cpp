// SPDX-License-Identifier: MIT
// error: this type is only declared; include its header
#include <serval/serval.hpp>

serval::FileResponse logo();

void declare(serval::App& app) { app.get<logo>("/logo"); }
