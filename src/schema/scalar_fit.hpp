// SPDX-License-Identifier: MIT
// The error for a date, time or duration that the C++ type of a value cannot hold.
#pragma once

#include <serval/schema/type.hpp>

#include "types/fault.hpp"

namespace serval::detail {

/// The fault names the limit of the accepted values, or the unit of which a whole number is accepted. REQUIRES: `fit`
/// is not `Fit::fits`; `type` is a kind of date, time or duration.
[[nodiscard]] Fault fault_unfit(const Type& type, Fit fit);

}  // namespace serval::detail
