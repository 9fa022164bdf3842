// SPDX-License-Identifier: MIT
#include <serval/app/app.hpp>

#include <optional>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/multiple_exceptions.hpp>
#include <spdlog/spdlog.h>

#include <serval/base/task.hpp>

#include "app/app_state.hpp"
#include "app/web_socket_end.hpp"
#include "compression/compressed_stream.hpp"
#include "http/conditional_file.hpp"

namespace serval {

namespace {

/// A file becomes what the request's conditions and ranges make of it.
void settle_file(const detail::ErrorTable& errors, http::Exchange& exchange) noexcept {
  if (!exchange.response.file()) return;
  try {
    detail::apply_conditions(exchange.request, exchange.response);
  } catch (...) {
    errors.answer(std::current_exception(), exchange);
  }
}

bool is_end_of_stream(const std::exception_ptr& thrown) noexcept {
  try {
    std::rethrow_exception(thrown);
  } catch (const StreamEnded&) {
    return true;
  } catch (...) {
    return false;
  }
}

/// Of several things that a handler awaited at once and that all failed, by `&&` or `||`, the one whose exception Asio
/// has kept: that of the left one.
std::exception_ptr exception_within(std::exception_ptr thrown) noexcept {
  for (;;) {
    try {
      std::rethrow_exception(thrown);
    } catch (const boost::asio::multiple_exceptions& several) {
      thrown = several.first_exception();
    } catch (...) {
      return thrown;
    }
  }
}

/// What a handler threw or returned in place of an answer becomes one.
void conclude(std::exception_ptr thrown, const detail::ErrorTable& errors, http::Exchange& exchange) noexcept {
  if (exchange.web_socket != nullptr) return detail::conclude_web_socket(thrown, errors, exchange);
  if (thrown && exchange.streaming == http::Exchange::Streaming::begun) {
    if (is_end_of_stream(thrown))
      thrown = nullptr;
    else
      exchange.streaming =
          http::Exchange::Streaming::failed;  // too late for an answer: what is made below is only logged
  }
  if (!thrown && exchange.returned_error() != nullptr && exchange.keeps_anything()) {
    thrown = std::make_exception_ptr(*exchange.returned_error());  // for the dependencies to learn of
  }
  if (thrown)
    errors.answer(exchange.announce(std::move(thrown)), exchange);
  else
    errors.answer_returned(exchange);
  settle_file(errors, exchange);
  exchange.end_answer();
}

/// As above, for a WebSocket, or for a handshake that was refused.
Task<void> end_web_socket(std::exception_ptr thrown, const detail::ErrorTable& errors, http::Exchange& exchange) {
  if (thrown) thrown = exchange.announce(std::move(thrown));
  detail::conclude_web_socket(thrown, errors, exchange);
  exchange.end_answer();
  co_await detail::close_web_socket(thrown, exchange);
}

/// Awaits what a handler left behind; its faults become answers, only a cancellation passes through.
Task<void> settle(http::Pending pending, const detail::AppState& app, http::Exchange& exchange) {
  const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  std::optional<detail::CompressedStream> parts;
  if (exchange.stream != nullptr && exchange.web_socket == nullptr && app.compressor().is_wanted(exchange))
    parts.emplace(app.compressor(), exchange);
  std::exception_ptr thrown;
  try {
    co_await pending.take();
    if (parts) co_await parts->end();
  } catch (...) {
    thrown = exception_within(std::current_exception());
  }
  // Else what awaits this task would throw in place of going on, where it was cancelled before it had to wait.
  co_await boost::asio::this_coro::throw_if_cancelled(false);
  if (thrown && cancellation.cancelled() != boost::asio::cancellation_type::none) {
    static_cast<void>(exchange.announce(thrown));
    exchange.background.clear();
    std::rethrow_exception(thrown);
  }
  if (exchange.web_socket != nullptr) co_return co_await end_web_socket(thrown, app.errors(), exchange);
  conclude(thrown, app.errors(), exchange);
  if (http::Pending packing = app.compress(exchange)) co_await packing.take();
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

void App::add_state(const detail::StateType& type, std::shared_ptr<void> object, SourceLocation where) {
  state_->states().provide(type, std::move(object), where);
}

void App::add_override(const void* key, const detail::DependencyOps& ops, std::shared_ptr<const void> function) {
  state_->override_dependency(key, {&ops, std::move(function)});
}

void App::reset_dependency_overrides() { state_->override_dependency(nullptr, {}); }

void App::add_error_handler(detail::ErrorHandler handler) { state_->errors().add(std::move(handler)); }

void App::add_status_handler(int status, std::function<void(const HttpError&, http::Exchange&)> handler) {
  state_->errors().add(status, std::move(handler));
}

const json& App::openapi() const { return state_->document().get(); }

void App::on_openapi(std::function<void(json& document)> hook) { state_->document().add_hook(std::move(hook)); }

void App::prepare() const { state_->prepare(); }

http::Admission App::admit(http::Exchange& exchange) const noexcept { return state_->admit(exchange); }

http::Pending App::serve(http::Exchange& exchange) const noexcept {
  try {
    if (http::Pending pending = state_->dispatch(exchange)) {
      return http::Pending(settle(std::move(pending), *state_, exchange));
    }
    conclude(nullptr, state_->errors(), exchange);
  } catch (...) {
    conclude(std::current_exception(), state_->errors(), exchange);
  }
  return state_->compress(exchange);
}

void App::refuse(http::Exchange& exchange, int status, std::string_view detail) const noexcept {
  try {
    state_->errors().answer(detail.empty() ? HttpError(status) : HttpError(status, detail), exchange);
  } catch (...) {
    exchange.response.set_status(500);
  }
}

void App::finish(http::Exchange& exchange) const noexcept {
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
