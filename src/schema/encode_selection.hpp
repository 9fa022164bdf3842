// SPDX-License-Identifier: MIT
// The members that `include` and `exclude` of EncodeOptions select.
#pragma once

#include <string_view>

#include <serval/schema/encode_options.hpp>
#include <serval/schema/type.hpp>

namespace serval::detail {

/// Whether values of the type can have a member at that path, "owner.name". True for JSON, which may have any.
[[nodiscard]] bool has_path(const Type& type, std::string_view path);

/// Whether the member of that name is written at all.
[[nodiscard]] bool selects_member(const schema::EncodeOptions& options, std::string_view name);

/// The options for the contents of that member: paths through it, without its name.
[[nodiscard]] schema::EncodeOptions options_within(const schema::EncodeOptions& options, std::string_view name);

}  // namespace serval::detail
