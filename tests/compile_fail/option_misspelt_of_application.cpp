// SPDX-License-Identifier: MIT
// error: no matching function for call to 'serval::App::App(
// error: no matching constructor for initialization of 'serval::App'
// note: 'serval::AppOptions'
#include <serval/serval.hpp>

serval::App app({.tilte = "Shop"});
