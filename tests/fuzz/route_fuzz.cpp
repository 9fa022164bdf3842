// SPDX-License-Identifier: MIT
// Looks up a path in a table of patterns. The last line of the input is the path; each other line is a pattern whose
// first byte chooses its methods. A pattern is parsed or refused with a SetupError, and the table agrees with the naive
// matcher of the unit tests.
#include <serval/base/error.hpp>
#include <serval/http/url.hpp>
#include <serval/routing/table.hpp>

#include "../unit/routing/reference_matcher.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

using serval::http::Method;
using serval::routing::RouteMatch;

// Limits the time that a long input takes.
constexpr std::size_t max_routes = 64;

void require(bool condition) {
  if (!condition) std::abort();
}

serval::http::MethodSet methods_of(char choice) {
  switch (choice) {
    case 'P':
      return {Method::put};
    case 'B':
      return {Method::get, Method::put};
    default:
      return {Method::get};
  }
}

void add(serval::routing::RouteTable& table, std::vector<serval::reference::Route>& routes, std::string_view line) {
  if (line.empty() || routes.size() == max_routes) return;
  try {
    const serval::reference::Route route{methods_of(line.front()), serval::routing::Pattern::parse(line.substr(1))};
    require(!route.pattern.openapi_path().empty());
    table.add(route.methods, route.pattern, static_cast<serval::routing::RouteId>(routes.size()));
    routes.push_back(route);
  } catch (const serval::SetupError&) {
    // Patterns may be refused.
  }
}

void compare(const serval::routing::RouteTable& table, const std::vector<serval::reference::Route>& routes,
             Method method, std::string_view path) {
  const auto expected = serval::reference::find(routes, method, path);
  serval::http::PathParams params;
  const RouteMatch match = table.find(method, path, params);
  require(table.matches_any(path) == !expected.allowed.empty());
  require((match.outcome == RouteMatch::Outcome::found) == expected.route.has_value());
  if (!expected.route) {
    require(match.allowed == expected.allowed && params.size() == 0);
    return;
  }
  require(match.id == *expected.route && params.size() == expected.values.size());
  for (std::size_t i = 0; i < params.size(); ++i) {
    require(params[i].name == routes[match.id].pattern.names()[i]);
    // A value without an escape is a view of the path and may contain invalid UTF-8.
    require(serval::http::replace_invalid_utf8(params[i].value) == expected.values[i]);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  serval::routing::RouteTable table;
  std::vector<serval::reference::Route> routes;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    add(table, routes, text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  // The naive matcher uses the byte 1 for an escaped slash.
  if (text.find(serval::reference::escaped_slash) != std::string_view::npos) return 0;
  if (text.find("%01") != std::string_view::npos) return 0;
  for (const Method method : {Method::get, Method::put, Method::post}) compare(table, routes, method, text);
  return 0;
}
