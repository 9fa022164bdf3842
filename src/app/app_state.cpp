// SPDX-License-Identifier: MIT
#include "app/app_state.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>
#include <algorithm>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>

#include <serval/base/error.hpp>
#include <serval/base/log.hpp>
#include <serval/base/task.hpp>
#include <serval/http/target.hpp>
#include <serval/params/blocking.hpp>

#include "app/docs_routes.hpp"
#include "app/served_route.hpp"
#include "base/undo.hpp"
#include "handler/passage.hpp"
#include "http/root_path.hpp"

namespace serval::detail {

namespace {

/// Errors: SetupError for one that begins without '/'.
void check_paths(const AppOptions& options) {
  const std::pair<const char*, const std::string*> paths[] = {
      {"openapi_url", &options.openapi_url},
      {"docs_url", &options.docs_url},
      {"redoc_url", &options.redoc_url},
      {"swagger_ui_oauth2_redirect_url", &options.swagger_ui_oauth2_redirect_url},
  };
  for (const auto& [option, path] : paths) {
    if (!path->empty() && path->front() != '/')
      throw SetupError(std::string(option) + " \"" + *path + "\" must begin with '/'", {});
  }
}

/// Errors: SetupError unless it is empty, or scheme and host of HTTP URLs.
void check_public_origin(std::string_view origin) {
  if (origin.empty()) return;
  std::string_view host;
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme)) host = origin.substr(scheme.size());
  }
  if (http::split_host(host)) return;
  throw SetupError("public_origin \"" + std::string(origin) +
                       "\" must be scheme and host, optionally with a port, for example \"https://shop.example\"; a "
                       "path belongs into root_path",
                   {});
}

[[nodiscard]] std::size_t checked_threads(std::size_t threads) {
  constexpr std::size_t most = 4096;
  if (threads <= most) return threads;
  throw SetupError("blocking_threads is " + std::to_string(threads) + "; it must be from 0 to " + std::to_string(most),
                   {});
}

}  // namespace

AppState::AppState(AppOptions options, const OutgoingRouter& webhooks)
    : options_(std::move(options)),
      logger_(options_.logger != nullptr ? options_.logger : make_logger()),
      errors_(options_, logger_),
      routes_([this](auto thrown, http::Exchange& exchange) { errors_.answer(std::move(thrown), exchange); }),
      document_([this, &webhooks] { return describe(webhooks); },
                [this](const std::string& warning) { logger_->warn("document: {}", warning); }),
      pool_(checked_threads(options_.blocking_threads), options_.blocking_queue),
      dispatcher_(options_, routes_, errors_, pool_),
      lifecycle_(routes_.states(), logger_) {
  // Not owned: the pool is destroyed before the table.
  routes_.states().provide(ArgumentTraits<Blocking>::state, std::shared_ptr<void>(std::shared_ptr<void>(), &pool_), {});
  set_root_path(std::move(options_.root_path));
  check_public_origin(options_.public_origin);
  if (options_.openapi_url.empty()) return;
  check_paths(options_);
  serve_document();
  for (RouteDeclaration& declaration : docs_routes(options_)) routes_.add(std::move(declaration));
}

void AppState::set_root_path(std::string root_path) {
  if (!is_root_path(root_path)) throw SetupError("root_path \"" + root_path + "\" " + std::string(root_path_rule), {});
  options_.root_path = std::move(root_path);
}

bool AppState::trust_proxies(const std::vector<std::string>& proxies) {
  bool is_read = false;
  for (const routing::Middleware* member : all_middleware()) {
    if (member->ops().trust_proxies == nullptr) continue;
    member->ops().trust_proxies(member->object(), proxies);
    is_read = is_read || member->stage() == Stage::forwarded;
  }
  return is_read;
}

void AppState::log_requests(bool is_wanted) {
  for (const routing::Middleware* member : all_middleware()) {
    if (member->ops().log_requests != nullptr) member->ops().log_requests(member->object(), is_wanted);
  }
}

bool AppState::logs_requests() const noexcept {
  const auto& members = chain_.members();
  return std::any_of(members.begin(), members.end(),
                     [](const routing::Middleware& member) { return member.ops().log_requests != nullptr; });
}

void AppState::add(RouteDeclaration declaration) {
  if (!declaration.is_mount) {
    std::vector<routing::Dependency>& dependencies = declaration.options.dependencies;
    dependencies.insert(dependencies.begin(), options_.dependencies.begin(), options_.dependencies.end());
  }
  if (!declaration.options.strict_content_type) declaration.options.strict_content_type = options_.strict_content_type;
  if (declaration.options.response_class.media_type.empty())
    declaration.options.response_class = options_.default_response_class;
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
  routes_.add(std::move(declaration));
}

void AppState::use(routing::Middleware added) {
  std::vector<routing::Middleware> members = chain_.members();
  members.push_back(std::move(added));
  document_.discard();
  chain_ = Chain(std::move(members),
                 [this](auto thrown, http::Exchange& exchange) { errors_.answer(std::move(thrown), exchange); });
}

void AppState::prepare() const {
  routes_.prepare();
  tell_routes({});
  lifecycle_.check();
  // Made here so that a value that it cannot show is an error before anything serves, and not for a client that
  // requests it.
  if (!options_.openapi_url.empty()) static_cast<void>(document_.get());
}

void AppState::start(const std::shared_ptr<http::Host>& host) const {
  tell_middleware(host);
  const std::vector<const http::Service*> mounts = routes_.mounts();
  std::size_t started = 0;
  Undo note([this] { has_failed_to_start_ = true; });
  lifecycle_.start(host);
  Undo end([&] {
    while (started-- > 0) mounts[started]->end(*host);
    lifecycle_.end(*host);
  });
  for (; started < mounts.size(); ++started) mounts[started]->start(host);
  end.keep();
  note.keep();
}

void AppState::tell_routes(std::vector<const routing::Middleware*> outer) const {
  const auto enter = [](const Chain& chain, std::vector<const routing::Middleware*>& members) {
    for (const routing::Middleware& member : chain.members()) {
      if (member.ops().serves != nullptr) members.push_back(&member);
    }
  };
  enter(chain_, outer);
  for (const auto& route : routes_.routes()) {
    std::vector<const routing::Middleware*> members = outer;
    enter(route->chain, members);
    if (members.empty()) continue;
    if (route->declaration.is_mount) {
      if (const auto* app = dynamic_cast<const App*>(route->declaration.service)) app->state_->tell_routes(members);
      continue;
    }
    const ServedRoute served = served_route(*route);
    for (const routing::Middleware* member : members) member->ops().serves(member->object(), served);
  }
}

void AppState::tell_middleware(const std::shared_ptr<http::Host>& host) const {
  std::vector<const routing::Middleware*> members;
  collect_middleware(members);
  for (const routing::Middleware* member : members) {
    if (member->ops().serving != nullptr) member->ops().serving(member->object(), host);
  }
}

void AppState::collect_middleware(std::vector<const routing::Middleware*>& members) const {
  const auto add = [&members](const Chain& chain) {
    for (const routing::Middleware& member : chain.members()) {
      const bool is_known = std::any_of(members.begin(), members.end(),
                                        [&](const auto* known) { return known->object() == member.object(); });
      if (!is_known) members.push_back(&member);
    }
  };
  add(chain_);
  for (const auto& route : routes_.routes()) add(route->chain);
}

std::vector<const routing::Middleware*> AppState::all_middleware() const {
  std::vector<const routing::Middleware*> members;
  collect_middleware(members);
  std::vector<const http::Service*> mounted;
  collect_mounted(mounted);
  for (const http::Service* each : mounted) {
    if (const auto* app = dynamic_cast<const App*>(each)) app->state_->collect_middleware(members);
  }
  return members;
}

void AppState::launch(const std::shared_ptr<http::Host>& host) const {
  lifecycle_.launch(host);
  for (const http::Service* mount : routes_.mounts()) mount->launch(host);
}

void AppState::stop(const http::Host& host, std::chrono::steady_clock::time_point deadline) const noexcept {
  for (const http::Service* mount : routes_.mounts()) mount->stop(host, deadline);
  lifecycle_.stop(host, deadline);
}

void AppState::drain(const http::Host& host) const noexcept {
  for (const http::Service* mount : routes_.mounts()) mount->drain(host);
  lifecycle_.drain(host);
}

void AppState::end(const http::Host& host) const noexcept {
  const std::vector<const http::Service*> mounts = routes_.mounts();
  for (auto mount = mounts.rbegin(); mount != mounts.rend(); ++mount) (*mount)->end(host);
  lifecycle_.end(host);
}

void AppState::abandon(const http::Host& host) const noexcept {
  for (const http::Service* mount : routes_.mounts()) mount->abandon(host);
  lifecycle_.abandon(host);
}

std::vector<std::shared_ptr<ReadinessCheck>> AppState::checks() const {
  std::vector<std::shared_ptr<ReadinessCheck>> checks = lifecycle_.checks();
  std::vector<const http::Service*> mounted;
  collect_mounted(mounted);
  for (const http::Service* each : mounted) {
    const auto* app = dynamic_cast<const App*>(each);
    if (app == nullptr) continue;
    const auto& more = app->state_->lifecycle_.checks();
    checks.insert(checks.end(), more.begin(), more.end());
  }
  return checks;
}

void AppState::collect_mounted(std::vector<const http::Service*>& mounted) const {
  for (const http::Service* mount : routes_.mounts()) {
    if (std::find(mounted.begin(), mounted.end(), mount) != mounted.end()) continue;
    mounted.push_back(mount);
    if (const auto* app = dynamic_cast<const App*>(mount)) app->state_->collect_mounted(mounted);
  }
}

Task<Readiness> AppState::readiness() const {
  Readiness found;
  const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
  const auto& context = boost::asio::query(executor, boost::asio::execution::context);
  std::shared_ptr<HostHold> hold = lifecycle_.hold_host(context, found.state);
  if (hold == nullptr) co_return found;
  std::vector<std::shared_ptr<ReadinessCheck>> all = checks();
  if (all.empty()) co_return found;
  const Stopping stopping = hold->stopping();
  found.checks = co_await run_checks(std::move(all), std::move(hold));
  if (stopping.is_requested()) {
    found.state = Readiness::State::stopping;
    found.checks.clear();
    co_return found;
  }
  for (const ReadinessResult& each : found.checks) {
    if (!each.is_ready) found.state = Readiness::State::failing;
  }
  co_return found;
}

std::size_t AppState::queued_calls() const noexcept {
  std::vector<const http::Service*> mounted;
  collect_mounted(mounted);
  std::size_t count = pool_.queued();
  for (const http::Service* each : mounted) {
    const auto* app = dynamic_cast<const App*>(each);
    count += app != nullptr ? app->state_->pool_.queued() : each->queued_calls();
  }
  return count;
}

std::chrono::nanoseconds AppState::pool_lag() const {
  std::vector<const http::Service*> mounted;
  collect_mounted(mounted);
  std::chrono::nanoseconds longest = pool_.lag();
  for (const http::Service* each : mounted) {
    const auto* app = dynamic_cast<const App*>(each);
    longest = std::max(longest, app != nullptr ? app->state_->pool_.lag() : each->pool_lag());
  }
  return longest;
}

http::NamedPath AppState::find(std::string_view name, std::span<const http::PathValue> values) const {
  if (!routes_.names().contains(name)) {
    for (const auto& route : routes_.routes()) {
      const RouteDeclaration& declaration = route->declaration;
      const auto* mounted = dynamic_cast<const App*>(declaration.service);
      if (mounted == nullptr) continue;
      const std::string_view mount = mount_name(declaration.path);
      if (!name.starts_with(mount) || !name.substr(mount.size()).starts_with(':')) continue;
      http::NamedPath path = mounted->state_->find(name.substr(mount.size() + 1), values);
      if (!mount.empty()) path.text.insert(0, "/" + std::string(mount));
      return path;
    }
  }
  return routes_.names().find(name, values);
}

void AppState::introduce(Request& request) const noexcept {
  request.set_route_names(*this);
  if (!options_.public_origin.empty()) request.set_public_origin(options_.public_origin);
}

http::Admission AppState::admit(http::Exchange& exchange) const {
  introduce(exchange.request);
  // Before the middleware, which makes redirects, too.
  if (!options_.root_path.empty()) dispatcher_.enter_root_path(exchange.request);
  if (!chain_.empty() && exchange.passage().enter_and_ask(chain_, exchange)) return {.skip_body = true};
  return dispatcher_.admit(exchange);
}

void AppState::enter_middleware(http::Exchange& exchange) const {
  if (!exchange.request.has_route_names()) introduce(exchange.request);
  if (exchange.passage().empty()) exchange.passage().enter(chain_);
}

}  // namespace serval::detail
