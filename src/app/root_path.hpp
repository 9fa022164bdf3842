// SPDX-License-Identifier: MIT
// What a root path may be: it stands in front of the paths of links, redirects and the document's servers.
#pragma once

#include <string_view>

namespace serval::detail {

/// What a root path that is not empty must be; messages have it behind their subject.
inline constexpr std::string_view root_path_rule =
    R"(must begin with '/', not end with it, and have no "//", '\', '?', '#', blank or control character in it, )"
    R"(for example "/api")";

/// Whether `path` is empty or follows `root_path_rule`. A browser would take "//evil" and "/\evil" for another host.
[[nodiscard]] bool is_root_path(std::string_view path) noexcept;

}  // namespace serval::detail
