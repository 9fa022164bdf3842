// SPDX-License-Identifier: MIT
// Builds, writes and reads JSON values without a model.
#include <serval/json/json.hpp>

#include <benchmark/benchmark.h>

#include "allocations.hpp"
#include "item.hpp"

namespace {

using bench::AllocationCounter;
using serval::json;

void make_hello(benchmark::State& state) {
  const AllocationCounter counter(state);
  for (auto _ : state) benchmark::DoNotOptimize(json{{"message", "Hello World"}});
}

void append(benchmark::State& state, const json& value) {
  std::string out;
  const AllocationCounter counter(state);
  for (auto _ : state) {
    out.clear();
    serval::schema::append_json(out, value);
    benchmark::DoNotOptimize(out);
  }
}
void append_hello(benchmark::State& state) { append(state, json{{"message", "Hello World"}}); }
void append_item(benchmark::State& state) { append(state, serval::schema::parse_json(bench::item_text)); }

void parse_item(benchmark::State& state) {
  const AllocationCounter counter(state);
  for (auto _ : state) benchmark::DoNotOptimize(serval::schema::parse_json(bench::item_text));
}

BENCHMARK(make_hello);
BENCHMARK(append_hello);
BENCHMARK(append_item);
BENCHMARK(parse_item);

}  // namespace
