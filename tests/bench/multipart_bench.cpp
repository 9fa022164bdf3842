// SPDX-License-Identifier: MIT
// Parses multipart bodies, which arrive in reads of 64 KiB, to the contents of their parts: the throughput of uploads.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/multipart_parser.hpp"

namespace serval::detail {
namespace {

constexpr std::string_view boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW0";
constexpr std::size_t file_bytes = 8 * 1024 * 1024;
constexpr std::size_t read_bytes = 64 * 1024;

class Counter final : public PartSink {
 public:
  void begin_part(http::Headers headers) override { benchmark::DoNotOptimize(part_disposition(headers).name.data()); }
  void part_data(std::string_view bytes) override { count += bytes.size(); }
  void end_part() override {}
  std::size_t count = 0;
};

std::string part(std::string_view own_boundary, std::string_view content) {
  return "--" + std::string(own_boundary) +
         "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.bin\"\r\n"
         "Content-Type: application/octet-stream\r\n\r\n" +
         std::string(content) + "\r\n";
}

void parse(benchmark::State& state, std::string_view own_boundary, const std::string& body) {
  const http::Limits limits;
  for (auto _ : state) {
    Counter counter;
    MultipartParser parser(own_boundary, limits, counter);
    for (std::string_view rest = body; !rest.empty(); rest.remove_prefix(std::min(read_bytes, rest.size()))) {
      parser.take(rest.substr(0, read_bytes));
    }
    parser.end();
    benchmark::DoNotOptimize(counter.count);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}

void parse_file(benchmark::State& state, const std::string& content, std::string_view own_boundary = boundary) {
  parse(state, own_boundary, part(own_boundary, content) + "--" + std::string(own_boundary) + "--\r\n");
}

std::string repeated(std::string_view text) {
  std::string content;
  while (content.size() < file_bytes) content += text;
  return content;
}

// As in a compressed image, every byte is equally likely.
void parse_binary_file(benchmark::State& state) {
  std::string content(file_bytes, '\0');
  std::uint32_t number = 1;
  for (char& byte : content) {
    number = number * 1664525U + 1013904223U;
    byte = static_cast<char>(number >> 24U);
  }
  parse_file(state, content);
}
BENCHMARK(parse_binary_file);

void parse_text_file(benchmark::State& state) {
  parse_file(state, repeated("2024-05-01,berlin,12.50,\"a quoted cell\",true\r\n"));
}
BENCHMARK(parse_text_file);

// A client may try to slow down the search: all bytes of this file are those of the boundary.
void parse_hostile_file(benchmark::State& state) {
  const std::string bytes(70, 'a');
  parse_file(state, repeated(bytes), bytes);
}
BENCHMARK(parse_hostile_file);

// Like `parse_hostile_file`, but with a CR before each byte: a delimiter may begin at each of them.
void parse_hostile_lines(benchmark::State& state) { parse_file(state, repeated("\ra"), std::string(70, 'a')); }
BENCHMARK(parse_hostile_lines);

void parse_small_fields(benchmark::State& state) {
  std::string body;
  for (int count = 0; count < 100; ++count) body += part(boundary, "a short text");
  parse(state, boundary, body + "--" + std::string(boundary) + "--\r\n");
}
BENCHMARK(parse_small_fields);

}  // namespace
}  // namespace serval::detail
