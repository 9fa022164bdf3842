// SPDX-License-Identifier: MIT
// The routes of the docs pages and of the files that they load.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <serval/app/app_options.hpp>
#include <serval/app/router.hpp>

namespace serval::detail {

/// None if the options switch them off; REQUIRES: a document is served. The pages answer GET and HEAD and are not in
/// the document. `options` must outlive the routes. Errors: SetupError for a bad path and for parameters that are not
/// an object.
[[nodiscard]] std::vector<RouteDeclaration> docs_routes(const AppOptions& options);

/// The member of `AppOptions` that makes the application serve its own route at a path: "docs_url". Empty: none.
[[nodiscard]] std::string_view option_of_path(const AppOptions& options, std::string_view path);

/// A root path for use before a path in a page: no content of it may be read as another host.
[[nodiscard]] std::string page_root(std::string_view root_path);

}  // namespace serval::detail
