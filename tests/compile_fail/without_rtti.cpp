// SPDX-License-Identifier: MIT
// error: serval needs run-time type information: compile without -fno-rtti
// options: -fno-rtti
#include <serval/serval.hpp>

serval::App app;
