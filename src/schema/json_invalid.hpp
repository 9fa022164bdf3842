// SPDX-License-Identifier: MIT
// A body that is no JSON, as an issue.
#pragma once

#include <serval/schema/errors.hpp>

#include "json/reader.hpp"

namespace serval::detail {

/// `json_invalid` at the position of the fault; the place has no "body" yet.
[[nodiscard]] schema::Issue json_invalid(const JsonSyntaxError& error);

}  // namespace serval::detail
