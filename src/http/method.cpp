// SPDX-License-Identifier: MIT
#include <serval/http/method.hpp>

#include <array>
#include <cstddef>
#include <cstring>

namespace serval::http {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 23> method_names = {
    "",          "GET",   "HEAD", "POST", "PUT",  "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY", "PROPFIND",
    "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "SEARCH",  "REPORT",  "PURGE", "LINK",  "UNLINK"};
static_assert(static_cast<std::size_t>(Method::unlink) + 1 == method_names.size());

// Which of `candidates` the token is. REQUIRES: all of them have its length.
Method one_of(std::string_view token, std::initializer_list<Method> candidates) noexcept {
  for (const Method method : candidates) {
    if (std::memcmp(token.data(), to_string(method).data(), token.size()) == 0) return method;
  }
  return Method::unknown;
}

}  // namespace

std::string_view to_string(Method method) noexcept {
  const auto index = static_cast<std::size_t>(method);
  return index < method_names.size() ? method_names[index] : std::string_view{};
}

Method parse_method(std::string_view token) noexcept {
  switch (token.size()) {
    case 3:
      return one_of(token, {Method::get, Method::put});
    case 4:
      return one_of(token, {Method::post, Method::head, Method::copy, Method::move, Method::lock, Method::link});
    case 5:
      return one_of(token, {Method::patch, Method::query, Method::trace, Method::mkcol, Method::purge});
    case 6:
      return one_of(token, {Method::delete_, Method::search, Method::report, Method::unlock, Method::unlink});
    case 7:
      return one_of(token, {Method::options, Method::connect});
    case 8:
      return one_of(token, {Method::propfind});
    case 9:
      return one_of(token, {Method::proppatch});
    default:
      return Method::unknown;
  }
}

std::string MethodSet::to_string() const {
  std::string text;
  for (std::size_t index = 1; index < method_names.size(); ++index) {
    if (!contains(static_cast<Method>(index))) continue;
    if (!text.empty()) text += ", ";
    text += method_names[index];
  }
  return text;
}

}  // namespace serval::http
