// SPDX-License-Identifier: MIT
#include "app/dispatcher.hpp"

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>

#include "app/around.hpp"
#include "handler/on_pool.hpp"
#include "handler/passage.hpp"

namespace serval::detail {

namespace {

/// The prefix and its children: "/api" is a prefix of "/api" and "/api/x", not of "/apix".
bool has_prefix(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

/// Makes `path` the request's path for the rest of the application, and moves `prefix` to the root path.
void move_to_root(Request& request, std::string_view prefix, std::string_view path) {
  http::RequestHead head = request.head();
  head.parts.path = path.empty() ? std::string_view("/") : path;
  request.assign(head);
  request.set_root_path(std::string(request.root_path()) + std::string(prefix));
}

/// Errors: HttpError 400 for too many.
void require_few_params(const http::Exchange& exchange) {
  const std::size_t max_params = exchange.bounds().max_query_params;
  // Every pair has at least its '&': a short query string need not be parsed to check the limit.
  if (max_params == 0 || exchange.request.query_string().size() < max_params) return;
  if (exchange.request.query_params().truncated()) {
    throw HttpError(
        400, "Too many query parameters. Maximum number of query parameters is " + std::to_string(max_params) + ".");
  }
}

Task<void> call_on_pool(BlockingPool& pool, const Route& route, http::Exchange& exchange) {
  co_await run_blocking(pool, [&] {
    const OnPool on_pool(exchange, pool);
    // Not a coroutine: this was checked when the route was made.
    static_cast<void>(route.declaration.handler->call(exchange, route.binding, route.rule));
  });
}

}  // namespace

void Dispatcher::enter_root_path(Request& request) const {
  if (request.head().parts.form == http::Target::Form::asterisk) return;
  // A proxy may have stripped it already.
  const bool stripped = !has_prefix(request.raw_path(), options_.root_path);
  move_to_root(request, options_.root_path, request.raw_path().substr(stripped ? 0 : options_.root_path.size()));
}

const Route* Dispatcher::find(http::Exchange& exchange) const {
  Request& request = exchange.request;
  if (request.head().parts.form == http::Target::Form::asterisk) return nullptr;
  const routing::RouteMatch found =
      exchange.web_socket != nullptr ? routes_.match_web_socket(request) : routes_.match(request, options_.auto_head);
  if (found.outcome != routing::RouteMatch::Outcome::found) return nullptr;
  const Route* route = &routes_[found.id];
  if (route->declaration.is_mount) {
    // The mount itself is a directory: its page may contain links relative to it.
    if (found.rest.empty() && options_.redirect_slashes) return nullptr;
    const std::string_view path = request.raw_path();
    move_to_root(request, path.substr(0, path.size() - found.rest.size()), found.rest);
  }
  request.set_route(route->pattern, &route->declaration.options);
  return route;
}

http::Admission Dispatcher::admit(http::Exchange& exchange) const {
  const Route* route = find(exchange);
  exchange.route = route;
  if (route == nullptr) return {.skip_body = true};
  if (!route->chain.empty() && exchange.passage().enter_and_ask(route->chain, exchange)) return {.skip_body = true};
  if (route->declaration.service != nullptr) {
    exchange.add_mount(*route);
    return route->declaration.service->admit(exchange);
  }
  const RouteOptions& options = route->declaration.options;
  const bool is_wanted = route->binding.open_body(exchange);
  return {.skip_body = !is_wanted,
          .streams_body = route->binding.streams_body(),
          .max_body_bytes = options.max_body_bytes.value_or(exchange.bounds().max_body_bytes),
          .handler_deadline = options.deadline.value_or(std::chrono::milliseconds(0)),
          .gate = route->binding.has_early_dependencies() ? this : nullptr};
}

http::Pending Dispatcher::open(http::Exchange& exchange) const noexcept {
  const Route& route = *exchange.route;
  return route.binding.resolve_early(exchange, route.declaration.options.blocking ? &pool_ : nullptr);
}

http::Pending Dispatcher::dispatch(http::Exchange& exchange) const {
  const Route* route = exchange.enter_mount();
  if (route == nullptr) {
    route = exchange.route;
    if (route == nullptr) {
      answer_unrouted(exchange);
      return {};
    }
    require_few_params(exchange);
  }
  if (route->chain.around().empty()) return call(*route, exchange);
  return run_around(route->chain, exchange, [this, route, &exchange] { return call(*route, exchange); });
}

http::Pending Dispatcher::call(const Route& route, http::Exchange& exchange) const {
  if (route.declaration.service != nullptr) return route.declaration.service->serve(exchange);
  if (exchange.body_refusal()) std::rethrow_exception(exchange.body_refusal());
  if (exchange.passage().prepares_handler()) return prepare_and_call(route, exchange);
  return call_handler(route, exchange);
}

http::Pending Dispatcher::call_handler(const Route& route, http::Exchange& exchange) const {
  if (route.binding.waits(exchange)) return http::Pending(resolve_and_call(route, exchange));
  if (!route.declaration.options.blocking) return route.declaration.handler->call(exchange, route.binding, route.rule);
  return http::Pending(call_on_pool(pool_, route, exchange));
}

/// For a route with a dependency that is a coroutine.
Task<void> Dispatcher::resolve_and_call(const Route& route, http::Exchange& exchange) const {
  co_await route.binding.resolve(exchange, route.declaration.options.blocking ? &pool_ : nullptr);
  if (http::Pending pending = call_handler(route, exchange)) co_await pending.take();
}

/// For middleware that is called between the dependencies and the handler, on the loop.
http::Pending Dispatcher::prepare_and_call(const Route& route, http::Exchange& exchange) const {
  const bool is_on_pool = route.declaration.options.blocking && route.binding.has_dependencies();
  if (is_on_pool || route.binding.waits(exchange)) return http::Pending(resolve_prepare_and_call(route, exchange));
  route.binding.resolve_now(exchange);
  if (http::Pending pending = exchange.passage().prepare_handler(exchange))
    return http::Pending(wait_and_call(route, exchange, std::move(pending)));
  return call_handler(route, exchange);
}

Task<void> Dispatcher::wait_and_call(const Route& route, http::Exchange& exchange, http::Pending pending) const {
  co_await pending.take();
  if (http::Pending handler = call_handler(route, exchange)) co_await handler.take();
}

Task<void> Dispatcher::resolve_prepare_and_call(const Route& route, http::Exchange& exchange) const {
  co_await route.binding.resolve(exchange, route.declaration.options.blocking ? &pool_ : nullptr);
  if (http::Pending pending = exchange.passage().prepare_handler(exchange)) co_await pending.take();
  if (http::Pending handler = call_handler(route, exchange)) co_await handler.take();
}

http::MethodSet Dispatcher::with_automatic(http::MethodSet methods) const {
  if (options_.auto_head && methods.contains(http::Method::get)) methods.insert(http::Method::head);
  if (options_.auto_options) methods.insert(http::Method::options);
  return methods;
}

bool Dispatcher::redirect_slash(http::Exchange& exchange) const {
  const Request& request = exchange.request;
  const std::string_view path = request.raw_path();
  if (!options_.redirect_slashes || path.size() < 2) return false;
  const std::string other = path.back() == '/' ? std::string(path.substr(0, path.size() - 1)) : std::string(path) + "/";
  if (!routes_.table().matches_any(other)) return false;
  std::string location = std::string(request.root_path()) + other;
  if (!request.host().empty()) {
    location.insert(0, std::string(request.scheme()) + "://" + std::string(request.host()));
  } else if (location[1] == '/' || location[1] == '\\') {
    return false;  // "//host/" without our host in front would be read as that host
  }
  if (!request.query_string().empty()) location.append("?").append(request.query_string());
  exchange.response = redirect(location);
  return true;
}

void Dispatcher::answer_unrouted(http::Exchange& exchange) const {
  if (exchange.web_socket != nullptr) {
    exchange.response = Response(status::forbidden);
    return;
  }
  const Request& request = exchange.request;
  const http::Method method = request.method();
  if (request.head().parts.form == http::Target::Form::asterisk) {
    if (method != http::Method::options) return errors_.answer(HttpError(400), exchange);
    exchange.response = Response(204);
    exchange.response.headers().set("allow", with_automatic(routes_.table().all_methods()).to_string());
    return;
  }
  if (method == http::Method::unknown) return errors_.answer(HttpError(501), exchange);
  http::PathParams unused;
  const routing::RouteMatch found = routes_.table().find(method, request.raw_path(), unused);
  if (found.outcome != routing::RouteMatch::Outcome::method_not_allowed) {
    if (!redirect_slash(exchange)) errors_.answer(HttpError(404), exchange);
    return;
  }
  const std::string allow = with_automatic(found.allowed).to_string();
  if (method == http::Method::options && options_.auto_options) {
    exchange.response = Response(204);
    exchange.response.headers().set("allow", allow);
    return;
  }
  errors_.answer(HttpError(405, http::reason_phrase(405), {{"allow", allow}}), exchange);
}

}  // namespace serval::detail
