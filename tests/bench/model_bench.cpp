// SPDX-License-Identifier: MIT
// Reads a model of 150 bytes from JSON and validates it, and writes it.
#include <benchmark/benchmark.h>

#include "allocations.hpp"
#include "item.hpp"
#include "json/reader.hpp"
#include "schema/decoder.hpp"
#include "schema/encoder.hpp"

namespace {

using bench::AllocationCounter;
using bench::Item;
using bench::item_text;

void parse_text(benchmark::State& state) {
  serval::detail::JsonDocument document;
  const AllocationCounter counter(state);
  for (auto _ : state) benchmark::DoNotOptimize(document.parse(item_text, 128));
}

/// Like the body of a request, each model is read with the storage of the previous one.
void decode_model(benchmark::State& state) {
  serval::detail::JsonDocument document;
  const AllocationCounter counter(state);
  for (auto _ : state) {
    std::vector<serval::schema::Issue> issues;
    serval::detail::Decoder decoder(issues);
    Item item{};
    const auto outcome = document.parse(item_text, 128);
    if (outcome != serval::detail::JsonDocument::Outcome::ok ||
        !decoder.decode(serval::detail::type_of<Item>, nullptr, document.root(), &item)) {
      state.SkipWithError("not decoded");
      break;
    }
    benchmark::DoNotOptimize(item);
  }
}

void decode_json(benchmark::State& state) {
  const AllocationCounter counter(state);
  for (auto _ : state) benchmark::DoNotOptimize(serval::decode_json<Item>(item_text));
}

/// Like a response, each model is written into the storage of the previous one.
void encode_model(benchmark::State& state) {
  const auto item = serval::decode_json<Item>(item_text);
  std::string out;
  const AllocationCounter counter(state);
  for (auto _ : state) {
    out.clear();
    serval::detail::encode(out, serval::detail::type_of<Item>, &item, {});
    benchmark::DoNotOptimize(out);
  }
  if (out != item_text) state.SkipWithError("the written text differs from the text that was read");
}

void encode_json(benchmark::State& state) {
  const auto item = serval::decode_json<Item>(item_text);
  const AllocationCounter counter(state);
  for (auto _ : state) benchmark::DoNotOptimize(serval::encode_json(item));
}

BENCHMARK(parse_text);
BENCHMARK(decode_model);
BENCHMARK(decode_json);
BENCHMARK(encode_model);
BENCHMARK(encode_json);

}  // namespace
