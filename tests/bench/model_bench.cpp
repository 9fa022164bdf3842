// SPDX-License-Identifier: MIT
// What it costs to read a model of 150 bytes from JSON and check it, and to write it.
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

/// As a handler's body is read: the document's storage is used again.
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

/// As an answer is written: the text's storage is used again.
void encode_model(benchmark::State& state) {
  const auto item = serval::decode_json<Item>(item_text);
  std::string out;
  const AllocationCounter counter(state);
  for (auto _ : state) {
    out.clear();
    serval::detail::encode(out, serval::detail::type_of<Item>, &item, {});
    benchmark::DoNotOptimize(out);
  }
  if (out != item_text) state.SkipWithError("not what was read");
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
