// SPDX-License-Identifier: MIT
// Parses request heads from bytes to a `Request`, and serialises responses from a `Response` to bytes.
#include <benchmark/benchmark.h>

#include <string>

#include "wire/head_scanner.hpp"
#include "wire/request_parser.hpp"
#include "wire/response_writer.hpp"

namespace serval::detail {
namespace {

// A request of a browser's fetch(), without its longest fields.
const std::string head =
    "GET /items/42?q=somequery&limit=10 HTTP/1.1\r\n"
    "Host: api.example.com:8000\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
    "Accept: application/json\r\n"
    "Accept-Language: en-GB,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
    "Authorization: Bearer 0123456789abcdef0123456789abcdef\r\n"
    "Cookie: session=0123456789abcdef; theme=dark\r\n"
    "Connection: keep-alive\r\n\r\n";

void parse_head(benchmark::State& state) {
  Request request;
  RequestFraming framing;
  const http::Limits limits;
  for (auto _ : state) {
    HeadScanner scanner;
    benchmark::DoNotOptimize(scanner.scan(head, limits));
    benchmark::DoNotOptimize(parse_request_head(head, request, framing).status);
    request.reset();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(head.size()));
}
BENCHMARK(parse_head);

void write_answer(benchmark::State& state) {
  ResponseWriter writer({});
  writer.set_time(std::chrono::system_clock::now());
  const Response response(200, R"({"message":"Hello World"})", "application/json");
  std::string out;
  for (auto _ : state) {
    out.clear();
    benchmark::DoNotOptimize(writer.append(out, response, {}).close);
  }
}
BENCHMARK(write_answer);

}  // namespace
}  // namespace serval::detail
