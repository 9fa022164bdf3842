// SPDX-License-Identifier: MIT
#include "compression/encoder.hpp"

#ifdef SERVAL_HAS_BROTLI
#include <brotli/encode.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <new>
#endif

namespace serval::detail {

#ifdef SERVAL_HAS_BROTLI

namespace {

// log2 of the window for a streamed body. Its encoder lives long and takes two or three times as much memory.
constexpr std::uint32_t window_bits_of_parts = 18;

std::uint32_t window_bits(std::optional<std::size_t> size) noexcept {
  if (!size) return window_bits_of_parts;
  std::uint32_t bits = BROTLI_MIN_WINDOW_BITS;
  while (bits < BROTLI_DEFAULT_WINDOW && (std::size_t{1} << bits) < *size) ++bits;
  return bits;
}

BrotliEncoderOperation operation_of(http::BodyEncoder::Until until) noexcept {
  if (until == http::BodyEncoder::Until::more) return BROTLI_OPERATION_PROCESS;
  return until == http::BodyEncoder::Until::flush ? BROTLI_OPERATION_FLUSH : BROTLI_OPERATION_FINISH;
}

class BrotliEncoder final : public http::BodyEncoder {
 public:
  explicit BrotliEncoder(const EncoderOptions& options)
      : state_(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr), &BrotliEncoderDestroyInstance) {
    if (!state_) throw std::bad_alloc();
    set(BROTLI_PARAM_QUALITY, static_cast<std::uint32_t>(options.level));
    set(BROTLI_PARAM_LGWIN, window_bits(options.size));
    if (!options.size) return;
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
    set(BROTLI_PARAM_SIZE_HINT, static_cast<std::uint32_t>(std::min(*options.size, most)));
  }

  void encode(std::string_view bytes, Until until, std::string& out) override {
    const auto* next_in = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t left = bytes.size();
    do {
      std::size_t no_room = 0;
      if (!BrotliEncoderCompressStream(state_.get(), operation_of(until), &left, &next_in, &no_room, nullptr, nullptr))
        throw std::bad_alloc();
      std::size_t size = 0;  // 0: take all available output
      const std::uint8_t* packed = BrotliEncoderTakeOutput(state_.get(), &size);
      out.append(reinterpret_cast<const char*>(packed), size);
    } while (left != 0 || BrotliEncoderHasMoreOutput(state_.get()));
  }

 private:
  void set(BrotliEncoderParameter parameter, std::uint32_t value) {
    BrotliEncoderSetParameter(state_.get(), parameter, value);
  }

  std::unique_ptr<BrotliEncoderState, decltype(&BrotliEncoderDestroyInstance)> state_;
};

}  // namespace

const bool has_brotli = true;

std::unique_ptr<http::BodyEncoder> make_brotli_encoder(const EncoderOptions& options) {
  return std::make_unique<BrotliEncoder>(options);
}

#else

const bool has_brotli = false;

std::unique_ptr<http::BodyEncoder> make_brotli_encoder(const EncoderOptions&) { return nullptr; }

#endif

}  // namespace serval::detail
