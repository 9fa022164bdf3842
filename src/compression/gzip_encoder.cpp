// SPDX-License-Identifier: MIT
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "compression/encoder.hpp"

namespace serval::detail {
namespace {

// Added to the window bits, 16 makes zlib write the gzip format (deflateInit2 in zlib.h).
constexpr int gzip_frame = 16;
constexpr int memory_level = 8;  // zlib's default
// The output room for one call of deflate; a small compressed body needs no more.
constexpr std::size_t step_bytes = std::size_t{16} * 1024;

// The part of the window that zlib reserves for itself (MIN_LOOKAHEAD in its deflate.h).
constexpr std::size_t unused_window_bytes = 262;

/// log2 of the window. It is no larger than the body needs, since zlib clears the whole window for each body.
int window_bits(std::optional<std::size_t> size) noexcept {
  int bits = 9;
  while (bits < MAX_WBITS && (!size || (std::size_t{1} << bits) < *size + unused_window_bytes)) ++bits;
  return bits;
}

int flush_of(http::BodyEncoder::Until until) noexcept {
  if (until == http::BodyEncoder::Until::more) return Z_NO_FLUSH;
  return until == http::BodyEncoder::Until::flush ? Z_SYNC_FLUSH : Z_FINISH;
}

class GzipEncoder final : public http::BodyEncoder {
 public:
  explicit GzipEncoder(const EncoderOptions& options) {
    if (deflateInit2(&stream_, options.level, Z_DEFLATED, gzip_frame + window_bits(options.size), memory_level,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~GzipEncoder() override { deflateEnd(&stream_); }

  void encode(std::string_view bytes, Until until, std::string& out) override {
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    while (bytes.size() > most) {
      run(bytes.substr(0, most), Until::more, out);
      bytes.remove_prefix(most);
    }
    run(bytes, until, out);
  }

 private:
  void run(std::string_view bytes, Until until, std::string& out) {
    // zlib declares its input as mutable, but only reads it.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      const std::size_t before = out.size();
      out.resize(before + std::max(step_bytes, before / 2));
      stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
      stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(out.size() - before, 1U << 30U));
      const uInt room = stream_.avail_out;
      deflate(&stream_, flush_of(until));
      out.resize(before + (room - stream_.avail_out));
    } while (stream_.avail_out == 0);  // zlib.h: there may be more output only if it filled the room
  }

  z_stream stream_{};
};

}  // namespace

std::unique_ptr<http::BodyEncoder> make_gzip_encoder(const EncoderOptions& options) {
  return std::make_unique<GzipEncoder>(options);
}

}  // namespace serval::detail
