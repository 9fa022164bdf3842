// SPDX-License-Identifier: MIT
// The issue for a body that is not JSON.
#pragma once

#include <serval/schema/errors.hpp>

#include "json/reader.hpp"

namespace serval::detail {

/// `json_invalid` at the position of the error; the location does not contain "body" yet.
[[nodiscard]] schema::Issue json_invalid(const JsonSyntaxError& error);

}  // namespace serval::detail
