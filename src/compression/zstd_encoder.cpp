// SPDX-License-Identifier: MIT
#include "compression/encoder.hpp"

#ifdef SERVAL_HAS_ZSTD
#include <zstd.h>

#include <algorithm>
#include <new>
#endif

namespace serval::detail {

#ifdef SERVAL_HAS_ZSTD

namespace {

// log2 of the window for a streamed body. It is small, since such an encoder lives long.
constexpr int window_bits_of_parts = 18;
// RFC 9659: a client need not support a window larger than 8 MiB.
constexpr int max_window_bits = 23;
constexpr std::size_t step_bytes = std::size_t{16} * 1024;

ZSTD_EndDirective directive_of(http::BodyEncoder::Until until) noexcept {
  if (until == http::BodyEncoder::Until::more) return ZSTD_e_continue;
  return until == http::BodyEncoder::Until::flush ? ZSTD_e_flush : ZSTD_e_end;
}

class ZstdEncoder final : public http::BodyEncoder {
 public:
  explicit ZstdEncoder(const EncoderOptions& options) : context_(ZSTD_createCCtx(), &ZSTD_freeCCtx) {
    if (!context_) throw std::bad_alloc();
    set(ZSTD_c_compressionLevel, options.level);
    if (options.size) {
      ZSTD_CCtx_setPledgedSrcSize(context_.get(), *options.size);
    } else {
      set(ZSTD_c_windowLog, window_bits_of_parts);
    }
    if (options.size && *options.size > (std::size_t{1} << max_window_bits)) set(ZSTD_c_windowLog, max_window_bits);
  }

  void encode(std::string_view bytes, Until until, std::string& out) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t left = 0;
    do {
      const std::size_t before = out.size();
      out.resize(before + std::max(step_bytes, before / 2));
      ZSTD_outBuffer packed{out.data() + before, out.size() - before, 0};
      left = ZSTD_compressStream2(context_.get(), &packed, &in, directive_of(until));
      out.resize(before + packed.pos);
      if (ZSTD_isError(left)) throw std::bad_alloc();
    } while (until == Until::more ? in.pos < in.size : left != 0);
  }

 private:
  void set(ZSTD_cParameter parameter, int value) { ZSTD_CCtx_setParameter(context_.get(), parameter, value); }

  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context_;
};

}  // namespace

const bool has_zstd = true;

std::unique_ptr<http::BodyEncoder> make_zstd_encoder(const EncoderOptions& options) {
  return std::make_unique<ZstdEncoder>(options);
}

#else

const bool has_zstd = false;

std::unique_ptr<http::BodyEncoder> make_zstd_encoder(const EncoderOptions&) { return nullptr; }

#endif

}  // namespace serval::detail
