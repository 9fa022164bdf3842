// SPDX-License-Identifier: MIT
// Decodes chunked bodies. The body, its end and the status do not depend on how the bytes are split into reads.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "wire/body_decoder.hpp"

using namespace serval;
using detail::BodyDecoder;

namespace {

struct Outcome {
  std::string body;
  std::size_t consumed = 0;
  int status = 0;
  bool done = false;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome decode(std::string_view bytes, std::size_t piece, const http::Limits& limits) {
  BodyDecoder decoder;
  decoder.start({.body = detail::RequestFraming::Body::chunked});
  Outcome outcome;
  while (outcome.consumed < bytes.size()) {
    const auto step = decoder.decode(bytes.substr(outcome.consumed, piece), limits);
    outcome.consumed += step.consumed;
    outcome.body += step.data;
    outcome.status = decoder.refusal().status;
    outcome.done = step.event == BodyDecoder::Event::done;
    if (outcome.done || step.event == BodyDecoder::Event::refused) break;
  }
  // The end of the message may have been consumed together with the end of the bytes.
  outcome.done = outcome.done || decoder.decode({}, limits).event == BodyDecoder::Event::done;
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  http::Limits limits;
  limits.max_chunk_extension_bytes = 64;
  limits.max_trailer_bytes = 128;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = decode(bytes, bytes.size(), limits);
  const Outcome pieces = decode(bytes, std::size_t{data[0]} + 1, limits);
  if (!(whole == pieces)) std::abort();
  if (whole.body.size() > bytes.size() || (whole.done && whole.status != 0)) std::abort();
  return 0;
}
