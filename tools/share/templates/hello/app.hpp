// The application: everything that `main` and the tests share.
#pragma once

#include <serval/serval.hpp>

void set_up(serval::App& app);
