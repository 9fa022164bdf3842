// SPDX-License-Identifier: MIT
// The rules that compare dates with today and times with now.
#pragma once

#include <serval/schema/type.hpp>

#include "types/fault.hpp"

namespace serval::detail {

/// past, future, aware, naive.
bool check_moment(const Type& type, const Rules& rules, const void* value, Fault& fault);

}  // namespace serval::detail
