// SPDX-License-Identifier: MIT
// UUIDs from text, with the messages of Pydantic 2.14.
#pragma once

#include <serval/types/uuid.hpp>

#include "types/fault.hpp"

#include <string_view>

namespace serval::detail {

/// 8-4-4-4-12 hexadecimal digits in any case, with `{...}` or `urn:uuid:` around them, or 32 digits without hyphens.
/// Fault: uuid_parsing.
bool parse_uuid(std::string_view text, Uuid& out, Fault& fault);

}  // namespace serval::detail
