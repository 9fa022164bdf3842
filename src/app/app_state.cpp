// SPDX-License-Identifier: MIT
#include "app/app_state.hpp"

#include <algorithm>
#include <thread>

#include <spdlog/spdlog.h>

#include <serval/base/error.hpp>
#include <serval/base/log.hpp>
#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>

#include "app/docs_routes.hpp"
#include "app/root_path.hpp"

namespace serval::detail {

namespace {

/// The prefix and its children: "/api" is a prefix of "/api" and "/api/x", not of "/apix".
bool has_prefix(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

/// Lets the rest of the application see `path` as the request's, with `prefix` moved to the root path.
void move_to_root(Request& request, std::string_view prefix, std::string_view path) {
  http::RequestHead head = request.head();
  head.parts.path = path.empty() ? std::string_view("/") : path;
  request.assign(head);
  request.set_root_path(std::string(request.root_path()) + std::string(prefix));
}

void check_states(const Route& route, const Binding& binding) {
  const StateType* missing = binding.missing_state();
  if (missing == nullptr) return;
  const std::string name(missing->name);
  throw SetupError(route.label + ": the handler takes State<" + name +
                       ">, but the application has none; call app.provide(" + name + "{...}) before it serves",
                   route.declaration.where);
}

Task<void> call_on_pool(BlockingPool& pool, const Route& route, http::Exchange& exchange) {
  co_await run_blocking(pool, [&] {
    // Not a coroutine: checked when the route was made.
    static_cast<void>(route.declaration.handler->call(exchange, route.binding, route.rule));
  });
}

Task<void> compress_on_pool(BlockingPool& pool, const Compressor& compressor, http::Exchange& exchange,
                            http::ContentCoding coding) {
  try {
    co_await run_blocking(pool, [&] { compressor.pack(exchange.response, coding); });
  } catch (const std::exception&) {
    // The pool is full: it goes out as it is.
  }
}

}  // namespace

AppState::AppState(AppOptions options, const OutgoingRouter& webhooks)
    : options_(std::move(options)),
      logger_(options_.logger != nullptr ? options_.logger : make_logger()),
      compressor_(options_.compression),
      errors_(options_, logger_),
      document_([this, &webhooks] { return describe(webhooks); },
                [this](const std::string& warning) { logger_->warn("document: {}", warning); }) {
  set_root_path(std::move(options_.root_path));
  if (options_.openapi_url.empty()) return;
  if (options_.openapi_url.front() != '/')
    throw SetupError("openapi_url \"" + options_.openapi_url + "\" must begin with '/'", {});
  serve_document();
  for (RouteDeclaration& declaration : docs_routes(options_)) add_to_table(std::move(declaration));
}

void AppState::set_root_path(std::string root_path) {
  if (!is_root_path(root_path)) throw SetupError("root_path \"" + root_path + "\" " + std::string(root_path_rule), {});
  options_.root_path = std::move(root_path);
}

void AppState::add(RouteDeclaration declaration) {
  if (!declaration.is_mount) {
    std::vector<routing::Dependency>& dependencies = declaration.options.dependencies;
    dependencies.insert(dependencies.begin(), options_.dependencies.begin(), options_.dependencies.end());
  }
  if (!declaration.options.strict_content_type) declaration.options.strict_content_type = options_.strict_content_type;
  declaration.options.responses = openapi::merge(options_.responses, declaration.options.responses);
  const bool reads =
      declaration.methods.contains(http::Method::get) || declaration.methods.contains(http::Method::head);
  const std::string_view option = reads && !declaration.is_mount ? option_of_path(options_, declaration.path) : "";
  if (!option.empty()) {
    throw SetupError(declaration.methods.to_string() + " " + declaration.path +
                         ": the application serves its document there; give it another place with AppOptions::" +
                         std::string(option) + ", or none with \"\"",
                     declaration.where);
  }
  document_.discard();
  add_to_table(std::move(declaration));
}

void AppState::add_to_table(RouteDeclaration declaration) {
  auto route = std::make_unique<Route>(make_route(std::move(declaration), states_, overrides_));
  const auto id = static_cast<routing::RouteId>(routes_.size());
  const SourceLocation where = route->declaration.where;
  if (route->declaration.is_web_socket)
    web_sockets_.add({http::Method::get}, routing::Pattern::parse(route->pattern, where), id, where);
  else if (route->declaration.is_mount)
    table_.add_mount(route->pattern, id, where);
  else
    table_.add(route->declaration.methods, routing::Pattern::parse(route->pattern, where), id, where);
  routes_.push_back(std::move(route));
}

void AppState::override_dependency(const void* key, Overrides::Override replacement) {
  Overrides overrides = overrides_;
  if (key != nullptr)
    overrides.set(key, std::move(replacement));
  else
    overrides.clear();
  // All routes or none.
  std::vector<Binding> bindings;
  for (const auto& route : routes_) {
    bindings.push_back(bind_handler(*route, states_, overrides));
    if (is_prepared_) check_states(*route, bindings.back());
  }
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (overrides_.empty()) routes_[i]->declared = std::move(routes_[i]->binding);
    routes_[i]->binding = std::move(bindings[i]);
  }
  overrides_ = std::move(overrides);
}

void AppState::prepare() const {
  for (const auto& route : routes_) {
    check_states(*route, route->binding);
    if (route->declaration.service != nullptr) route->declaration.service->prepare();
  }
  // Made here, what cannot be shown is said before anything serves, not to whoever asks for the document.
  if (!options_.openapi_url.empty()) static_cast<void>(document_.get());
  is_prepared_ = true;
}

routing::RouteMatch AppState::match(Request& request) const {
  http::PathParams& params = request.mutable_path_params();
  const routing::RouteMatch found = table_.find(request.method(), request.raw_path(), params);
  if (request.method() != http::Method::head || !options_.auto_head) return found;
  const auto is_route = [this](const routing::RouteMatch& match) {
    return match.outcome == routing::RouteMatch::Outcome::found && !routes_[match.id]->declaration.is_mount;
  };
  if (is_route(found)) return found;
  // HEAD goes where GET goes: to a route for it rather than to a mount around that.
  const routing::RouteMatch of_get = table_.find(http::Method::get, request.raw_path(), params);
  return is_route(of_get) ? of_get : found;
}

/// A route for WebSockets, else an application that is mounted around it.
routing::RouteMatch AppState::match_web_socket(Request& request) const {
  http::PathParams& params = request.mutable_path_params();
  const routing::RouteMatch found = web_sockets_.find(http::Method::get, request.raw_path(), params);
  if (found.outcome == routing::RouteMatch::Outcome::found) return found;
  const routing::RouteMatch around = table_.find_mount(request.raw_path());
  const bool is_application =
      around.outcome == routing::RouteMatch::Outcome::found && routes_[around.id]->declaration.service != nullptr;
  return is_application ? around : routing::RouteMatch{};
}

const Route* AppState::find(http::Exchange& exchange) const {
  Request& request = exchange.request;
  if (request.head().parts.form == http::Target::Form::asterisk) return nullptr;
  if (!options_.root_path.empty()) {
    // A proxy may have stripped it already.
    const bool stripped = !has_prefix(request.raw_path(), options_.root_path);
    move_to_root(request, options_.root_path, request.raw_path().substr(stripped ? 0 : options_.root_path.size()));
  }
  const routing::RouteMatch found = exchange.web_socket != nullptr ? match_web_socket(request) : match(request);
  if (found.outcome != routing::RouteMatch::Outcome::found) return nullptr;
  const Route* route = routes_[found.id].get();
  if (route->declaration.is_mount) {
    // The mount itself is a directory: what it shows may hold links relative to it.
    if (found.rest.empty() && options_.redirect_slashes) return nullptr;
    const std::string_view path = request.raw_path();
    move_to_root(request, path.substr(0, path.size() - found.rest.size()), found.rest);
  }
  request.set_route(route->pattern);
  return route;
}

http::Admission AppState::admit(http::Exchange& exchange) const {
  const Route* route = find(exchange);
  exchange.route = route;
  if (route == nullptr) return {.skip_body = true};
  if (route->declaration.service != nullptr) {
    exchange.add_mount(route);
    return route->declaration.service->admit(exchange);
  }
  const RouteOptions& options = route->declaration.options;
  exchange.compress = options.compress;
  const bool is_wanted = route->binding.open_body(exchange);
  return {.skip_body = !is_wanted,
          .streams_body = route->binding.streams_body(),
          .max_body_bytes = options.max_body_bytes.value_or(exchange.bounds().max_body_bytes),
          .handler_deadline = options.deadline.value_or(std::chrono::milliseconds(0))};
}

http::Pending AppState::dispatch(http::Exchange& exchange) const {
  if (const void* mount = exchange.enter_mount()) {
    return static_cast<const Route*>(mount)->declaration.service->serve(exchange);
  }
  if (exchange.route == nullptr) {
    answer_unrouted(exchange);
    return {};
  }
  const Request& request = exchange.request;
  const std::size_t max_params = exchange.bounds().max_query_params;
  // No pair is shorter than its '&': a short query string need not be read to be counted.
  if (max_params != 0 && request.query_string().size() >= max_params && request.query_params().truncated()) {
    throw HttpError(
        400, "Too many query parameters. Maximum number of query parameters is " + std::to_string(max_params) + ".");
  }
  const Route& route = *static_cast<const Route*>(exchange.route);
  return route.binding.waits() ? http::Pending(resolve_and_call(route, exchange)) : call(route, exchange);
}

http::Pending AppState::call(const Route& route, http::Exchange& exchange) const {
  return route.declaration.options.blocking ? http::Pending(call_on_pool(pool(), route, exchange))
                                            : route.declaration.handler->call(exchange, route.binding, route.rule);
}

http::Pending AppState::compress(http::Exchange& exchange) const noexcept {
  try {
    const auto coding = compressor_.choose(exchange);
    if (coding && compressor_.is_large(exchange.response))
      return http::Pending(compress_on_pool(pool(), compressor_, exchange, *coding));
    if (coding) compressor_.pack(exchange.response, *coding);
  } catch (const std::exception&) {
    // No memory to pack it with.
  }
  return {};
}

/// For a route with a dependency that is a coroutine.
Task<void> AppState::resolve_and_call(const Route& route, http::Exchange& exchange) const {
  co_await route.binding.resolve(exchange, route.declaration.options.blocking ? &pool() : nullptr);
  if (http::Pending pending = call(route, exchange)) co_await pending.take();
}

BlockingPool& AppState::pool() const {
  std::call_once(pool_made_, [this] {
    const std::size_t threads = options_.blocking_threads != 0
                                    ? options_.blocking_threads
                                    : std::max<std::size_t>(1, std::thread::hardware_concurrency());
    pool_ = std::make_unique<BlockingPool>(threads, options_.blocking_queue);
  });
  return *pool_;
}

http::MethodSet AppState::with_automatic(http::MethodSet methods) const {
  if (options_.auto_head && methods.contains(http::Method::get)) methods.insert(http::Method::head);
  if (options_.auto_options) methods.insert(http::Method::options);
  return methods;
}

bool AppState::redirect_slash(http::Exchange& exchange) const {
  const Request& request = exchange.request;
  const std::string_view path = request.raw_path();
  if (!options_.redirect_slashes || path.size() < 2) return false;
  const std::string other = path.back() == '/' ? std::string(path.substr(0, path.size() - 1)) : std::string(path) + "/";
  if (!table_.matches_any(other)) return false;
  std::string location = std::string(request.root_path()) + other;
  if (!request.host().empty()) {
    location.insert(0, std::string(request.scheme()) + "://" + std::string(request.host()));
  } else if (location[1] == '/' || location[1] == '\\') {
    return false;  // "//host/" without a host of ours in front would be read as that host
  }
  if (!request.query_string().empty()) location.append("?").append(request.query_string());
  exchange.response = redirect(location);
  return true;
}

void AppState::answer_unrouted(http::Exchange& exchange) const {
  if (exchange.web_socket != nullptr) {
    exchange.response = Response(status::forbidden);
    return;
  }
  const Request& request = exchange.request;
  const http::Method method = request.method();
  if (request.head().parts.form == http::Target::Form::asterisk) {
    if (method != http::Method::options) return errors_.answer(HttpError(400), exchange);
    exchange.response = Response(204);
    exchange.response.headers().set("allow", with_automatic(table_.all_methods()).to_string());
    return;
  }
  if (method == http::Method::unknown) return errors_.answer(HttpError(501), exchange);
  http::PathParams unused;
  const routing::RouteMatch found = table_.find(method, request.raw_path(), unused);
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
