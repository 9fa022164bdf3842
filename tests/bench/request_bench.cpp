// SPDX-License-Identifier: MIT
// Whole requests to an application without a socket: the calls that a connection makes for each request. Like a
// connection, they use one exchange for all requests.
#include <benchmark/benchmark.h>

#include "allocations.hpp"
#include "item.hpp"

namespace {

using bench::AllocationCounter;
using bench::Item;
using bench::item_text;
using serval::http::Exchange;
using serval::http::Method;

struct Sent {
  Method method = Method::get;
  std::string_view method_text = "GET";
  std::string_view path = "/";
  std::string_view body{};
};

void fill(serval::Request& request, const Sent& sent) {
  serval::http::RequestHead head;
  head.method = sent.method;
  head.method_text = sent.method_text;
  head.target = sent.path;
  head.parts.path = sent.path;
  request.assign(head);
  request.mutable_headers().add("host", "127.0.0.1:8000");
  if (!sent.body.empty()) {
    request.mutable_headers().add("content-type", "application/json");
    request.mutable_headers().add("content-length", "150");
    request.set_body(sent.body);
  }
}

void send(benchmark::State& state, const serval::App& app, const Sent& sent, std::string_view expected) {
  Exchange exchange;
  const AllocationCounter counter(state);
  for (auto _ : state) {
    fill(exchange.request, sent);
    benchmark::DoNotOptimize(app.admit(exchange));
    benchmark::DoNotOptimize(app.serve(exchange));
    if (exchange.response.status() != 200 || exchange.response.body() != expected) {
      state.SkipWithError("the response differs from the expected one");
      break;
    }
    static_cast<void>(app.finish(exchange, {}));
  }
}

void hello(benchmark::State& state) {
  serval::App app;
  app.get("/")([] { return serval::json{{"message", "Hello World"}}; });
  send(state, app, {}, R"({"message":"Hello World"})");
}

void plain_text(benchmark::State& state) {
  serval::App app;
  app.get("/")([] { return serval::plain_text("Hello World"); });
  send(state, app, {}, "Hello World");
}

void path_parameter(benchmark::State& state) {
  serval::App app;
  app.get("/items/{id}")([](serval::Path<int, "id"> id) { return id.value(); });
  send(state, app, {.path = "/items/12345"}, "12345");
}

void echo_model(benchmark::State& state) {
  serval::App app;
  app.post("/items")([](Item item) { return item; });
  send(state, app, {.method = Method::post, .method_text = "POST", .path = "/items", .body = item_text}, item_text);
}

BENCHMARK(hello);
BENCHMARK(plain_text);
BENCHMARK(path_parameter);
BENCHMARK(echo_model);

}  // namespace
