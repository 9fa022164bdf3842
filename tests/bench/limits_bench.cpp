// SPDX-License-Identifier: MIT
// What rate limits, load shedding and entity tags add to a request without a socket: each row is the same request with
// one of them. Run them interleaved for a ratio: --benchmark_filter=limits --benchmark_enable_random_interleaving=true
// --benchmark_repetitions=9.
#include <benchmark/benchmark.h>

#include <chrono>
#include <string>

#include <serval/base/task.hpp>
#include <serval/middleware.hpp>
#include <serval/serval.hpp>

#include "allocations.hpp"
#include "handler/passage.hpp"
#include "middleware/rate_table.hpp"

namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t never = 1'000'000'000;

/// One request, from its head to the fields of its response.
void send(benchmark::State& state, const serval::App& app, int status) {
  serval::http::Exchange exchange;
  exchange.request.set_client({"192.0.2.1", 1});
  const bench::AllocationCounter counter(state);
  for (auto _ : state) {
    exchange.request.mutable_headers().add("host", "127.0.0.1:8000");
    const serval::http::Service& service = app;
    benchmark::DoNotOptimize(service.admit(exchange));
    benchmark::DoNotOptimize(service.serve(exchange));
    static_cast<void>(exchange.passage().leave(exchange, serval::detail::Passage::Faults::answered));
    if (exchange.response.status() != status) {
      state.SkipWithError("the response differs from the expected one");
      break;
    }
    static_cast<void>(service.finish(exchange, {}));
    exchange.reset();
  }
}

template <class... Used>
void send_through(benchmark::State& state, int status, Used... used) {
  serval::App app;
  (app.use(used), ...);
  app.get("/")([] { return serval::json{{"message", "Hello World"}}; });
  send(state, app, status);
}

void limits_none(benchmark::State& state) { send_through(state, 200); }
void limits_rate_limit(benchmark::State& state) { send_through(state, 200, serval::RateLimit({.limit = never})); }
void limits_load_shedding(benchmark::State& state) {
  send_through(state, 200, serval::LoadShedding({.in_flight = 1'000, .queue_delay = 10s}));
}
void limits_conditional(benchmark::State& state) { send_through(state, 200, serval::Conditional()); }

void limits_of_one_key(benchmark::State& state) {
  const serval::detail::RatePolicy policy({.limit = never}, "RateLimit");
  serval::detail::RateTable table(100'000);
  for (auto _ : state) benchmark::DoNotOptimize(table.take(policy, "192.0.2.1", 1h));
}

void limits_of_new_keys(benchmark::State& state) {
  const serval::detail::RatePolicy policy({.limit = never}, "RateLimit");
  serval::detail::RateTable table(100'000);
  std::uint64_t key = 0;
  for (auto _ : state) benchmark::DoNotOptimize(table.take(policy, std::to_string(++key), 1h));
}

BENCHMARK(limits_none);
BENCHMARK(limits_rate_limit);
BENCHMARK(limits_load_shedding);
BENCHMARK(limits_conditional);
BENCHMARK(limits_of_one_key);
BENCHMARK(limits_of_new_keys);

}  // namespace
