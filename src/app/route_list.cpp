// SPDX-License-Identifier: MIT
#include "app/route_list.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/routing/pattern.hpp>

#include "app/route_names.hpp"
#include "app/route_operations.hpp"
#include "base/join.hpp"
#include "openapi/operation.hpp"

namespace serval::detail {

namespace {

using routing::DeclaredRoute;
using routing::RouteKind;

std::string document_id_of(const Route& route, const AppOptions& options) {
  if (route.declaration.is_mount) return {};
  const std::string path = routing::Pattern::parse(route.pattern, route.declaration.where).openapi_path();
  const auto operations = operations_of(route.declaration, path, route.declared_binding(), options);
  return operations.empty() ? std::string() : openapi::proposed_operation_id(operations.front());
}

DeclaredRoute declared(const Route& route, const AppOptions& options) {
  const RouteDeclaration& declaration = route.declaration;
  DeclaredRoute listed;
  listed.kind = declaration.is_mount        ? RouteKind::mount
                : declaration.is_web_socket ? RouteKind::web_socket
                                            : RouteKind::handler;
  listed.methods = declaration.methods;
  listed.path = declaration.path;
  listed.name = name_of(declaration);
  listed.operation_id = document_id_of(route, options);
  listed.tags = declaration.options.tags;
  listed.is_blocking = declaration.options.blocking;
  listed.where = declaration.where;
  return listed;
}

using Row = std::array<std::string, 6>;

Row row_of(const DeclaredRoute& route) {
  const bool is_mount = route.kind == RouteKind::mount;
  return {is_mount                              ? "mount"
          : route.kind == RouteKind::web_socket ? "websocket"
                                                : route.methods.to_string(),
          route.path,
          route.operation_id.empty() ? route.name : route.operation_id,
          join(route.tags),
          is_mount            ? ""
          : route.is_blocking ? "pool"
                              : "loop",
          to_string(route.where)};
}

void append(std::string& out, const Row& row, const std::array<std::size_t, 6>& widths) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    line.append(row[i]);
    if (i + 1 < row.size()) line.append(widths[i] + 2 - row[i].size(), ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out.append(line).append("\n");
}

}  // namespace

std::vector<DeclaredRoute> list_routes(const AppState& application) {
  std::vector<DeclaredRoute> routes;
  for (const auto& route : application.routes().routes()) {
    routes.push_back(declared(*route, application.options()));
    const auto* mounted = dynamic_cast<const App*>(route->declaration.service);
    if (mounted == nullptr) continue;
    std::string prefix = route->declaration.path;
    if (prefix.ends_with('/')) prefix.pop_back();
    for (DeclaredRoute& inner : mounted->routes()) {
      inner.path.insert(0, prefix);
      routes.push_back(std::move(inner));
    }
  }
  return routes;
}

std::string route_table(const std::vector<DeclaredRoute>& routes) {
  std::vector<Row> rows{{"METHODS", "PATH", "OPERATION", "TAGS", "RUNS ON", "DECLARED AT"}};
  for (const DeclaredRoute& route : routes) rows.push_back(row_of(route));
  std::array<std::size_t, 6> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out;
  for (const Row& row : rows) append(out, row, widths);
  return out;
}

}  // namespace serval::detail
