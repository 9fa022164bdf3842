// SPDX-License-Identifier: MIT
#include <serval/app/app.hpp>

#include <boost/asio/cancellation_state.hpp>
#include <spdlog/spdlog.h>

#include <serval/base/task.hpp>

#include "app/app_state.hpp"

namespace serval {

namespace {

/// Awaits what a handler left behind; its faults become answers, only a cancellation passes through.
Task<void> settle(Pending pending, const detail::ErrorTable& errors, Exchange& exchange) {
  const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  std::exception_ptr thrown;
  try {
    co_await pending.take();
  } catch (...) {
    thrown = std::current_exception();
  }
  if (!thrown) {
    errors.answer_returned(exchange);
    co_return;
  }
  if (cancellation.cancelled() != boost::asio::cancellation_type::none) std::rethrow_exception(thrown);
  errors.answer(thrown, exchange);
}

}  // namespace

App::App() : App(AppOptions()) {}
App::App(AppOptions options) : state_(std::make_unique<detail::AppState>(std::move(options))) {}
App::~App() = default;

const AppOptions& App::settings() const noexcept { return state_->options(); }

void App::add(detail::RouteDeclaration declaration) {
  state_->add(declaration);
  Router::add(std::move(declaration));
}

void App::add_state(const detail::StateType& type, std::shared_ptr<void> object, SourceLocation where) {
  state_->states().provide(type, std::move(object), where);
}

void App::add_error_handler(detail::ErrorHandler handler) { state_->errors().add(std::move(handler)); }

void App::add_status_handler(int status, std::function<void(const HttpError&, Exchange&)> handler) {
  state_->errors().add(status, std::move(handler));
}

void App::prepare() const { state_->prepare(); }

Admission App::admit(Exchange& exchange) const noexcept { return state_->admit(exchange); }

Pending App::serve(Exchange& exchange) const noexcept {
  try {
    Pending pending = state_->dispatch(exchange);
    if (!pending) {
      state_->errors().answer_returned(exchange);
      return {};
    }
    return Pending(settle(std::move(pending), state_->errors(), exchange));
  } catch (...) {
    state_->errors().answer(std::current_exception(), exchange);
    return {};
  }
}

void App::refuse(Exchange& exchange, int status, std::string_view detail) const noexcept {
  try {
    state_->errors().answer(detail.empty() ? HttpError(status) : HttpError(status, detail), exchange);
  } catch (...) {
    exchange.response.set_status(500);
  }
}

void App::finish(Exchange& exchange) const noexcept {
  try {
    exchange.background.run();
  } catch (const std::exception& fault) {
    state_->logger().error("background work of {} {} failed: {}", exchange.request.method_text(),
                           exchange.request.route(), fault.what());
  } catch (...) {
    state_->logger().error("background work of {} {} failed", exchange.request.method_text(), exchange.request.route());
  }
  exchange.reset();
}

}  // namespace serval
