// SPDX-License-Identifier: MIT
// Which members `include` and `exclude` of EncodeOptions select.
#pragma once

#include <string_view>

#include <serval/schema/encode_options.hpp>

namespace serval::detail {

/// Whether the member of that name is written at all.
[[nodiscard]] bool selects_member(const schema::EncodeOptions& options, std::string_view name);

/// The options for what is inside that member: paths through it, without its name.
[[nodiscard]] schema::EncodeOptions options_within(const schema::EncodeOptions& options, std::string_view name);

}  // namespace serval::detail
