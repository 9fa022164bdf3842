// SPDX-License-Identifier: MIT
#include "app/route.hpp"

#include <algorithm>
#include <string_view>

#include <serval/base/error.hpp>
#include <serval/http/status.hpp>

#include "app/route_operations.hpp"
#include "base/time_range.hpp"
#include "schema/encode_selection.hpp"

namespace serval::detail {

namespace {

ResponseRule rule_of(const RouteDeclaration& declaration, const std::string& label) {
  const RouteOptions& options = declaration.options;
  const int status = options.status_code.value_or(0);
  if (options.status_code && !http::is_final_status(status)) {
    throw SetupError(
        label + ": status_code " + std::to_string(status) + " is not the status of a response; use one from 200 to 599",
        declaration.where);
  }
  return {.status_code = status,
          .response_class = options.response_class.media_type,
          .encode = {.exclude_none = options.response_model_exclude_none,
                     .exclude_unset = options.response_model_exclude_unset,
                     .exclude_defaults = options.response_model_exclude_defaults,
                     .by_alias = options.response_model_by_alias,
                     .include = options.response_model_include,
                     .exclude = options.response_model_exclude}};
}

/// A misspelt name in `response_model_exclude` would leave the member in the response.
void check_selection(const RouteDeclaration& declaration, const std::string& label) {
  const auto check = [&](std::string_view option, const std::vector<std::string>& paths) {
    const auto answers = declaration.handler->responses();
    for (const std::string& path : paths) {
      const bool is_found = std::any_of(answers.begin(), answers.end(), [&](const ResponseSpec& answer) {
        return answer.type != nullptr && has_path(*answer.type, path);
      });
      if (is_found) continue;
      std::string message = label;
      message.append(": ").append(option).append(" names \"").append(path);
      message +=
          "\", but no response of the handler has such a member; write C++ names, with dots for inner models: "
          "owner.name";
      throw SetupError(message, declaration.where);
    }
  };
  check("response_model_include", declaration.options.response_model_include);
  check("response_model_exclude", declaration.options.response_model_exclude);
}

std::string route_label(const RouteDeclaration& declaration) {
  const std::string what = declaration.is_mount        ? "mount"
                           : declaration.is_web_socket ? "websocket"
                                                       : declaration.methods.to_string();
  return what + " " + declaration.path;
}

void check_web_socket(const RouteDeclaration& declaration, const std::string& label) {
  const auto answers = declaration.handler->responses();
  const bool takes_web_socket = !answers.empty() && answers.front().content == ResponseContent::web_socket;
  if (takes_web_socket == declaration.is_web_socket) return;
  throw SetupError(label + (takes_web_socket ? ": the handler takes a WebSocket; declare it by app.websocket()"
                                             : ": the handler takes no WebSocket& (see <serval/websocket.hpp>)"),
                   declaration.where);
}

}  // namespace

Binding bind_handler(const Route& route, StateTable& states, const Overrides& overrides) {
  const RouteDeclaration& declaration = route.declaration;
  if (declaration.handler == nullptr) return {};
  std::vector<std::string_view> names;
  const routing::Pattern pattern =
      routing::Pattern::parse(declaration.path.empty() ? "/" : declaration.path, declaration.where);
  for (const std::string& name : pattern.names()) names.emplace_back(name);
  std::vector<const DependencyUse*> dependencies;
  for (const routing::Dependency& dependency : declaration.options.dependencies) dependencies.push_back(dependency.use);
  return Binding(
      declaration.handler->arguments(),
      {.route = route.label,
       .path_names = names,
       .where = declaration.where,
       .states = &states,
       .overrides = &overrides,
       .body = declaration.options.strict_content_type.value_or(true) ? BodyFormat::json : BodyFormat::untyped_json},
      dependencies);
}

Route make_route(RouteDeclaration declaration, StateTable& states, const Overrides& overrides) {
  Route route;
  route.label = route_label(declaration);
  route.pattern = declaration.path;
  if (declaration.handler != nullptr) {
    declaration.options.blocking = declaration.options.blocking || declaration.handler->blocks();
    if (declaration.options.blocking && declaration.handler->is_coroutine()) {
      throw SetupError(route.label +
                           ": a coroutine cannot run on the pool for blocking work; let it run on the loop, or let "
                           "the handler return its value instead of a Task",
                       declaration.where);
    }
  }
  if (declaration.handler != nullptr) {
    check_web_socket(declaration, route.label);
    check_selection(declaration, route.label);
  }
  if (declaration.options.deadline)
    require_time(route.label + ": deadline", *declaration.options.deadline, declaration.where);
  route.rule = rule_of(declaration, route.label);
  route.declaration = std::move(declaration);
  route.binding = bind_handler(route, states, overrides);
  if (!overrides.empty()) route.declared = bind_handler(route, states, {});
  if (route.declaration.is_web_socket && route.binding.takes_body())
    throw SetupError(route.label + ": the handshake of a WebSocket has no body; receive messages instead",
                     route.declaration.where);
  if (!route.declaration.is_mount) check_document_options(route.declaration, route.declared_binding());
  return route;
}

}  // namespace serval::detail
