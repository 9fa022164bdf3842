// SPDX-License-Identifier: MIT
#include <serval/app/app.hpp>

#include <boost/asio/cancellation_state.hpp>
#include <spdlog/spdlog.h>
#include <exception>
#include <span>
#include <stdexcept>
#include <utility>

#include <serval/base/task.hpp>

#include "app/app_state.hpp"
#include "app/around.hpp"
#include "app/conclusion.hpp"
#include "app/route_list.hpp"
#include "base/fault_text.hpp"
#include "handler/passage.hpp"
#include "http/request_note.hpp"

namespace serval {

namespace {

void log_background(const std::exception_ptr& fault, const detail::AppState& state, const http::Exchange& exchange) {
  state.logger().error("background work of {} {} failed: {}{}", exchange.request.method_text(),
                       exchange.request.route(), detail::fault_text(fault), detail::request_note(exchange.request));
}

/// Waits for background work and then ends the kept values. Only the former can be cancelled.
Task<void> finish_later(http::Pending work, Outcome outcome, const detail::AppState& state, http::Exchange& exchange) {
  std::exception_ptr fault;
  try {
    co_await work.take();
  } catch (...) {
    fault = std::current_exception();
  }
  // Otherwise it would throw instead of waiting if it was cancelled before.
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  if (fault && cancellation.cancelled() != boost::asio::cancellation_type::none) {
    state.logger().error("background work of {} {} was cancelled, since the server stops{}",
                         exchange.request.method_text(), exchange.request.route(),
                         detail::request_note(exchange.request));
  } else if (fault) {
    log_background(fault, state, exchange);
  }
  if (http::Pending rest = detail::end_kept(outcome, state.errors(), exchange)) co_await rest.take();
}

}  // namespace

App::App() : App(AppOptions()) {}
App::App(AppOptions options) : state_(std::make_unique<detail::AppState>(std::move(options), webhooks)) {}
App::~App() = default;

const AppOptions& App::settings() const noexcept { return state_->options(); }

void App::add(detail::RouteDeclaration declaration) {
  state_->add(declaration);
  Router::add(std::move(declaration));
}

void App::add(detail::LifecyclePart part) { state_->lifecycle().add(std::move(part)); }
void App::add(detail::OwnCommand command) { state_->commands().add(std::move(command)); }

void App::add_middleware(routing::Middleware added) { state_->use(std::move(added)); }

void App::add_state(const detail::StateType& type, std::shared_ptr<void> object, SourceLocation where) {
  state_->routes().states().provide(type, std::move(object), where);
}

void App::add_override(const void* key, const detail::DependencyOps& ops, std::shared_ptr<const void> function) {
  state_->routes().override_dependency(key, {&ops, std::move(function)});
}

void App::reset_dependency_overrides() { state_->routes().override_dependency(nullptr, {}); }

void App::add_error_handler(detail::ErrorHandler handler) { state_->errors().add(std::move(handler)); }

void App::add_status_handler(int status, std::function<void(const HttpError&, http::Exchange&)> handler) {
  state_->errors().add(status, std::move(handler));
}

const json& App::openapi() const { return state_->document().get(); }

void App::on_openapi(std::function<void(json& document)> hook) { state_->document().add_hook(std::move(hook)); }

std::vector<routing::DeclaredRoute> App::routes() const { return detail::list_routes(*state_); }

std::string App::url_path_for(std::string_view name, std::initializer_list<http::PathValue> values) const {
  return state_->find(name, std::span(values.begin(), values.size())).text;
}

std::string App::url_for(std::string_view name, std::initializer_list<http::PathValue> values) const {
  Request outside;  // a request that names no host, and so has nothing to say about the URL
  state_->introduce(outside);
  if (settings().public_origin.empty()) throw std::logic_error("App::url_for: there is no AppOptions::public_origin");
  outside.set_root_path(settings().root_path);
  return outside.url_for(name, values);
}

void App::prepare() const { state_->prepare(); }

void App::start(const std::shared_ptr<http::Host>& host) const { state_->start(host); }
void App::launch(const std::shared_ptr<http::Host>& host) const { state_->launch(host); }
void App::stop(const http::Host& host, std::chrono::steady_clock::time_point deadline) const noexcept {
  state_->stop(host, deadline);
}
void App::drain(const http::Host& host) const noexcept { state_->drain(host); }
void App::end(const http::Host& host) const noexcept { state_->end(host); }
void App::abandon(const http::Host& host) const noexcept { state_->abandon(host); }

instruments::Registry& App::instruments() const noexcept { return state_->instruments(); }

Task<Readiness> App::readiness() const { return state_->readiness(); }

std::size_t App::queued_calls() const noexcept { return state_->queued_calls(); }
std::chrono::nanoseconds App::pool_lag() const { return state_->pool_lag(); }

bool App::logs_requests() const noexcept { return state_->logs_requests(); }

http::Admission App::admit(http::Exchange& exchange) const noexcept { return state_->admit(exchange); }

http::Pending App::serve(http::Exchange& exchange) const noexcept {
  exchange.was_served = true;
  if (exchange.passage().is_answered()) {
    detail::conclude_given(state_->errors(), exchange);
    return {};
  }
  const detail::Chain& chain = state_->chain();
  const detail::Dispatcher& dispatcher = state_->dispatcher();
  try {
    http::Pending pending =
        chain.around().empty()
            ? dispatcher.dispatch(exchange)
            : run_around(chain, exchange, [&dispatcher, &exchange] { return dispatcher.dispatch(exchange); });
    if (pending) return http::Pending(detail::settle(std::move(pending), state_->errors(), exchange));
    return detail::conclude(nullptr, state_->errors(), exchange);
  } catch (...) {
    return detail::conclude(std::current_exception(), state_->errors(), exchange);
  }
}

void App::refuse(http::Exchange& exchange, int status, std::string_view detail) const noexcept {
  try {
    state_->enter_middleware(exchange);
    const HttpError error = detail.empty() ? HttpError(status) : HttpError(status, detail);
    detail::end_refused(error, state_->errors(), exchange);
    state_->errors().answer(error, exchange);
  } catch (const std::exception&) {  // out of memory
    exchange.response.set_status(500);
  }
}

http::Pending App::finish(http::Exchange& exchange, const Finished& how) const noexcept {
  const bool is_observed = exchange.passage().is_observed() || exchange.keeps_anything();
  if (!is_observed && exchange.background.empty()) return {};
  Finished told = how;
  if (is_observed) told.outcome = detail::outcome_of(exchange, how);
  exchange.passage().finish(exchange, told);
  try {
    if (http::Pending work = exchange.background.run())
      return http::Pending(finish_later(std::move(work), told.outcome, *state_, exchange));
  } catch (...) {
    log_background(std::current_exception(), *state_, exchange);
  }
  return detail::end_kept(told.outcome, state_->errors(), exchange);
}

}  // namespace serval
