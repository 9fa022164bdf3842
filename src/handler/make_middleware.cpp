// SPDX-License-Identifier: MIT
#include <serval/handler/make_middleware.hpp>

#include <string>

namespace serval::detail {

/// The function name from g++ ends with `[with T = ns::Timing<int>; ...]`, the one from clang with
/// `[T = ns::Timing<int>]`.
std::string middleware_name(std::string_view pretty_middleware, SourceLocation where) {
  constexpr std::string_view start = "T = ";
  const std::size_t begin = pretty_middleware.find(start);
  std::string_view type =
      begin == std::string_view::npos ? pretty_middleware : pretty_middleware.substr(begin + start.size());
  type = type.substr(0, type.find_first_of(";]"));
  if (type.empty() || type.find("lambda") != std::string_view::npos) {
    std::string_view file = where.file_name();
    file = file.substr(file.find_last_of('/') + 1);
    return std::string(file) + ":" + std::to_string(where.line());
  }
  type = type.substr(0, type.find('<'));
  const std::size_t scope = type.rfind("::");
  return std::string(scope == std::string_view::npos ? type : type.substr(scope + 2));
}

}  // namespace serval::detail
