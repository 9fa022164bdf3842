// SPDX-License-Identifier: MIT
// error: a BodyStream belongs to its connection; take it by reference: BodyStream&
#include <serval/serval.hpp>
#include <serval/stream.hpp>

serval::Task<int> count(serval::BodyStream body);

void declare(serval::App& app) { app.post<count>("/items"); }
