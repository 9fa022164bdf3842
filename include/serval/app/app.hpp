// SPDX-License-Identifier: MIT
// The application: a router that serves. Declare routes, then `app.run(argc, argv)` or hand it to a `Server` or a
// `TestClient`.
#pragma once

#include <concepts>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/app/app_options.hpp>
#include <serval/app/router.hpp>
#include <serval/handler/service.hpp>
#include <serval/http/http_error.hpp>
#include <serval/server/server_options.hpp>

namespace serval {

namespace detail {

/// An error handler for one class of exceptions.
struct ErrorHandler {
  /// Answers and returns true when the exception is of the class.
  std::function<bool(const std::exception_ptr&, Exchange&)> answer;
  /// Whether the exception, a thrown pointer, points to something of the class: tells at registration which class
  /// derives from which.
  bool (*catches_pointer)(const std::exception_ptr& thrown_pointer);
  std::exception_ptr pointer;
};

template <class E>
bool catches_pointer_to(const std::exception_ptr& thrown_pointer) {
  try {
    std::rethrow_exception(thrown_pointer);
  } catch (const E*) {
    return true;
  } catch (...) {
    return false;
  }
}

template <class E>
std::exception_ptr thrown_pointer_to() {
  return std::make_exception_ptr(static_cast<const E*>(nullptr));
}

class AppState;

}  // namespace detail

/// Thread safety: declare everything first, from one thread; once it serves, an application is only read.
/// Lifetime: must outlive the servers and test clients that use it.
class App : public Router, public Service {
 public:
  explicit App(AppOptions options = {});
  ~App() override;
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  /// Maps an exception to an answer: `app.on_error<OutOfStock>([](const OutOfStock& e) { return HttpError(409,
  /// e.what()); })`. `handler` takes `const E&`, and `Request&` if it likes, and returns what a route's handler may
  /// return; its status is 500 where the return does not say otherwise. Of several handlers the one for the most
  /// derived class counts. `HttpError` and `ValidationError` may be handled too: the framework's own 404, 405 and 422
  /// then take that form.
  template <class E, class F>
  void on_error(F handler) {
    add_error_handler({[handler = std::move(handler)](const std::exception_ptr& thrown, Exchange& exchange) {
                         try {
                           std::rethrow_exception(thrown);
                         } catch (const E& error) {
                           answer_error<E>(handler, error, exchange);
                           return true;
                         } catch (...) {
                           return false;
                         }
                       },
                       &detail::catches_pointer_to<E>, detail::thrown_pointer_to<E>()});
  }

  /// Replaces the answer of one error status, the framework's own included:
  /// `app.on_status(404, [](Request& request) { return json{{"error", "nothing here"}}; });`
  template <class F>
  void on_status(int status, F handler) {
    add_status_handler(status, [status, handler = std::move(handler)](const HttpError& error, Exchange& exchange) {
      answer_with(handler, status, error, exchange);
    });
  }

  /// Reads the command line, serves until SIGINT or SIGTERM, stops gracefully; `main` returns what it returns.
  /// `--help` lists the options; they win over `defaults`. Exit codes: 0 stopped by a signal, 1 cannot serve (the port
  /// is taken), 2 wrong usage.
  int run(int argc, const char* const* argv, ServerOptions defaults = {});

  [[nodiscard]] const AppOptions& settings() const noexcept;

  // --- Service: for servers, the test client and applications that mount this one -----------------
  Admission admit(Exchange& exchange) const noexcept override;
  Pending serve(Exchange& exchange) const noexcept override;
  void refuse(Exchange& exchange, int status, std::string_view detail) const noexcept override;
  void finish(Exchange& exchange) const noexcept override;

 protected:
  void add(detail::RouteDeclaration declaration) override;

 private:
  template <class F, class... As>
  static void respond_with(const F& handler, int status, Exchange& exchange, As&&... arguments) {
    const detail::ResponseRule rule{status, {}};
    if constexpr (std::is_void_v<std::invoke_result_t<const F&, As...>>) {
      handler(std::forward<As>(arguments)...);
      detail::respond_nothing(exchange, rule, 0);
    } else {
      detail::respond(exchange, rule, handler(std::forward<As>(arguments)...));
    }
  }
  template <class E, class F>
  static void answer_error(const F& handler, const E& error, Exchange& exchange) {
    int status = 500;
    if constexpr (std::same_as<E, HttpError>) status = error.status();
    if constexpr (std::same_as<E, ValidationError>) status = 422;
    if constexpr (std::invocable<const F&, const E&, Request&>) {
      respond_with(handler, status, exchange, error, exchange.request);
    } else {
      respond_with(handler, status, exchange, error);
    }
  }
  template <class F>
  static void answer_with(const F& handler, int status, const HttpError& error, Exchange& exchange) {
    if constexpr (std::invocable<const F&, const HttpError&, Request&>) {
      respond_with(handler, status, exchange, error, exchange.request);
    } else if constexpr (std::invocable<const F&, Request&>) {
      respond_with(handler, status, exchange, exchange.request);
    } else {
      respond_with(handler, status, exchange);
    }
  }

  void add_error_handler(detail::ErrorHandler handler);
  void add_status_handler(int status, std::function<void(const HttpError&, Exchange&)> handler);

  std::unique_ptr<detail::AppState> state_;
};

}  // namespace serval
