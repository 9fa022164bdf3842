// SPDX-License-Identifier: MIT
// The part of a request's URL after the host.
#pragma once

#include <string>
#include <string_view>

#include <serval/http/request.hpp>

namespace serval::detail {

/// The path with the prefix under which the application is mounted, as received. A target without a path, as in
/// "OPTIONS *", has the path "/".
[[nodiscard]] inline std::string whole_path(const Request& request) {
  const std::string_view path = request.raw_path();
  std::string text(request.root_path());
  text += path.starts_with('/') ? path : "/";
  return text;
}

/// The same with the query.
[[nodiscard]] inline std::string path_and_query(const Request& request) {
  std::string text = whole_path(request);
  if (!request.query_string().empty()) text.append("?").append(request.query_string());
  return text;
}

}  // namespace serval::detail
