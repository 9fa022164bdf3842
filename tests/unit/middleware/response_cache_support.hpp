// SPDX-License-Identifier: MIT
// An application under a cache whose clock the test moves.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/store.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval::response_cache_test {

using namespace std::chrono_literals;

/// Erases the responses of "/" on another thread, since this one runs an event loop.
inline void wait_elsewhere(ResponseCache& cache) {
  std::thread([&] { wait(cache.erase("/")); }).join();
}

class ResponseCacheOver : public ::testing::Test {
 protected:
  [[nodiscard]] ResponseCacheOptions options(Store* store = nullptr) {
    ResponseCacheOptions made;
    made.store = store;
    made.clock = [this] { return now; };
    return made;
  }
  /// A handler at "/" that counts its calls and changes its response.
  template <class Change>
  void serve(Change change, RouteOptions route = {}) {
    app.get("/", std::move(route))([this, change](const Request& request) {
      ++calls;
      Response response = plain_text("call " + std::to_string(calls));
      change(request, response);
      return response;
    });
  }
  void serve() {
    serve([](const Request&, Response&) {});
  }
  [[nodiscard]] TestResponse get(const std::string& target = "/", TestRequest::Pairs fields = {}) {
    return TestClient(app).get(target, {.headers = std::move(fields)});
  }
  /// How many calls of the handler these requests lead to.
  [[nodiscard]] int calls_for_two(const TestRequest::Pairs& fields = {}) {
    const int before = calls;
    static_cast<void>(get("/", fields));
    static_cast<void>(get("/", fields));
    return calls - before;
  }

  std::chrono::nanoseconds now{1h};
  int calls = 0;
  App app;
};

}  // namespace serval::response_cache_test
