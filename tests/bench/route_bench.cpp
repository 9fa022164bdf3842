// SPDX-License-Identifier: MIT
// Finds the route of a request in tables of 10 and 500 routes. All lookups use one parameter list, as all requests of a
// connection do.
#include <serval/routing/table.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace {

using serval::http::Method;
using serval::http::PathParams;
using serval::routing::Pattern;
using serval::routing::RouteTable;

/// Adds five routes for each resource, like an API of records: list, create, read, replace, and a comment with three
/// parameters in its path.
RouteTable table_of(std::int64_t routes) {
  RouteTable table;
  serval::routing::RouteId id = 0;
  for (std::int64_t i = 0; i < routes / 5; ++i) {
    const std::string base = "/api/v1/resource" + std::to_string(i);
    table.add({Method::get}, Pattern::parse(base), id++);
    table.add({Method::post}, Pattern::parse(base), id++);
    table.add({Method::get}, Pattern::parse(base + "/{id:int}"), id++);
    table.add({Method::put}, Pattern::parse(base + "/{id}"), id++);
    table.add({Method::get}, Pattern::parse(base + "/{id}/posts/{post}/comments/{comment}"), id++);
  }
  return table;
}

void look_up(benchmark::State& state, Method method, std::string_view path) {
  const RouteTable table = table_of(state.range(0));
  PathParams params;
  for (auto _ : state) {
    benchmark::DoNotOptimize(path);
    benchmark::DoNotOptimize(table.find(method, path, params));
  }
}

void static_path(benchmark::State& state) { look_up(state, Method::get, "/api/v1/resource1"); }
void static_path_in_escapes(benchmark::State& state) { look_up(state, Method::get, "/api/v1/%72esource1"); }
void one_parameter(benchmark::State& state) { look_up(state, Method::put, "/api/v1/resource1/12345"); }
void one_typed_parameter(benchmark::State& state) { look_up(state, Method::get, "/api/v1/resource1/12345"); }
void three_parameters(benchmark::State& state) {
  look_up(state, Method::get, "/api/v1/resource1/12345/posts/678/comments/90");
}
void miss_at_the_first_segment(benchmark::State& state) { look_up(state, Method::get, "/favicon.ico"); }
void miss_at_the_last_segment(benchmark::State& state) {
  look_up(state, Method::get, "/api/v1/resource1/12345/posts/678/notes/90");
}
void method_not_allowed(benchmark::State& state) { look_up(state, Method::patch, "/api/v1/resource1/12345"); }

BENCHMARK(static_path)->Arg(10)->Arg(500);
BENCHMARK(static_path_in_escapes)->Arg(10)->Arg(500);
BENCHMARK(one_parameter)->Arg(10)->Arg(500);
BENCHMARK(one_typed_parameter)->Arg(10)->Arg(500);
BENCHMARK(three_parameters)->Arg(10)->Arg(500);
BENCHMARK(miss_at_the_first_segment)->Arg(10)->Arg(500);
BENCHMARK(miss_at_the_last_segment)->Arg(10)->Arg(500);
BENCHMARK(method_not_allowed)->Arg(10)->Arg(500);

}  // namespace
