// SPDX-License-Identifier: MIT
// error: assignment of function 'constexpr serval::detail::Arg<1> serval::min_length(int64_t)'
// error: expected '>'
#include <serval/serval.hpp>

struct Item {
  serval::Field<std::string, serval::min_length = 3> name;
};
