// SPDX-License-Identifier: MIT
// error: serval needs exceptions: compile without -fno-exceptions
// options: -fno-exceptions
#include <serval/serval.hpp>

serval::App app;
