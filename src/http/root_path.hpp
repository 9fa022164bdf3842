// SPDX-License-Identifier: MIT
// The rule for root paths: a root path is the prefix of links, redirects and the document's servers.
#pragma once

#include <string_view>

namespace serval::detail {

/// The rule for a root path that is not empty; messages append it to their subject.
inline constexpr std::string_view root_path_rule =
    R"(must begin with '/', not end with it, and have no "//", '\', '?', '#', blank or control character in it, )"
    R"(for example "/api")";

/// Whether `path` is empty or follows `root_path_rule`. A browser would read "//evil" and "/\evil" as another host.
[[nodiscard]] bool is_root_path(std::string_view path) noexcept;

}  // namespace serval::detail
