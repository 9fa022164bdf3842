// SPDX-License-Identifier: MIT
// The scalar conversions in one include: text and JSON numbers to values, and values to text. Pure functions; a parser
// returns whether it accepted the value, and fills `fault` only if it did not.
#pragma once

#include "types/fault.hpp"
#include "types/scalar_bool.hpp"
#include "types/scalar_datetime.hpp"
#include "types/scalar_duration.hpp"
#include "types/scalar_float.hpp"
#include "types/scalar_format.hpp"
#include "types/scalar_integer.hpp"
#include "types/scalar_text.hpp"
#include "types/scalar_uuid.hpp"
