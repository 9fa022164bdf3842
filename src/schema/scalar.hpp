// SPDX-License-Identifier: MIT
// The scalar conversions in one include: text and JSON numbers to values, and values to text. Pure functions; a parser
// returns whether it took the value, and fills `fault` only when it did not.
#pragma once

#include "schema/fault.hpp"
#include "schema/scalar_bool.hpp"
#include "schema/scalar_datetime.hpp"
#include "schema/scalar_duration.hpp"
#include "schema/scalar_float.hpp"
#include "schema/scalar_format.hpp"
#include "schema/scalar_integer.hpp"
#include "schema/scalar_text.hpp"
#include "schema/scalar_uuid.hpp"
