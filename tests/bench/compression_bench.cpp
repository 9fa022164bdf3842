// SPDX-License-Identifier: MIT
// Compresses JSON responses with each coding at its default level: bytes of body per second, and the compressed size.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "compression/encoder.hpp"

namespace serval::detail {
namespace {

/// Returns records like those in the responses of an API. Like real ones, all of them differ.
std::string records(std::size_t size) {
  std::string text = "[";
  std::uint32_t number = 1;
  const auto next = [&number] {
    number = number * 1664525U + 1013904223U;
    return number >> 8U;
  };
  for (int id = 0; text.size() < size; ++id) {
    text += R"({"id":)" + std::to_string(id) + R"(,"name":"customer )" + std::to_string(next() % 100000) +
            R"(","created":"2026-11-)" + std::to_string(10 + next() % 20) + "T" + std::to_string(10 + next() % 14) +
            R"(:15:00Z","amount":)" + std::to_string(next() % 9999) + R"(.5,"is_open":)" +
            (next() % 2 == 0 ? "true" : "false") + R"(,"tags":["retail","berlin"]},)";
  }
  text.resize(size);
  return text;
}

void pack(benchmark::State& state, http::ContentCoding coding, int level) {
  if (!http::has_coding(coding)) return state.SkipWithError("not in this build");
  const std::string body = records(static_cast<std::size_t>(state.range(0)));
  std::string packed;
  for (auto _ : state) {
    packed.clear();
    make_encoder({coding, level, body.size()})->encode(body, http::BodyEncoder::Until::end, packed);
    benchmark::DoNotOptimize(packed.data());
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
  state.counters["percent"] = 100.0 * static_cast<double>(packed.size()) / static_cast<double>(body.size());
}

void sizes(benchmark::internal::Benchmark* bench) { bench->Arg(1024)->Arg(16 * 1024)->Arg(1024 * 1024); }

BENCHMARK_CAPTURE(pack, gzip, http::ContentCoding::gzip, CompressionOptions().gzip_level)->Apply(sizes);
BENCHMARK_CAPTURE(pack, br, http::ContentCoding::br, CompressionOptions().brotli_quality)->Apply(sizes);
BENCHMARK_CAPTURE(pack, zstd, http::ContentCoding::zstd, CompressionOptions().zstd_level)->Apply(sizes);

}  // namespace
}  // namespace serval::detail
