// SPDX-License-Identifier: MIT
// The routes of an application that show its document to people: pages and the files these load.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <serval/app/app_options.hpp>
#include <serval/app/router.hpp>

namespace serval::detail {

/// None where the options switch them off; REQUIRES: a document is served. The pages answer GET and HEAD and are not in
/// the document. `options` must outlive the routes. Errors: SetupError for a bad path, for parameters that are no
/// object.
[[nodiscard]] std::vector<RouteDeclaration> docs_routes(const AppOptions& options);

/// The member of `AppOptions` by which the application serves something of its own at a path: "docs_url". Empty: none.
[[nodiscard]] std::string_view option_of_path(const AppOptions& options, std::string_view path);

/// A root path as it may stand in front of a path in a page: whatever it holds, it must not be read as another host.
[[nodiscard]] std::string page_root(std::string_view root_path);

}  // namespace serval::detail
