// SPDX-License-Identifier: MIT
#include "docs_ui/unpack.hpp"

#ifdef SERVAL_HAS_ZLIB
#include <zlib.h>

#include <array>
#endif
#include <stdexcept>

namespace serval::docs_ui {

#ifdef SERVAL_HAS_ZLIB

std::string unpack_gzip(std::string_view packed) {
  z_stream stream{};
  // 16: a gzip header is wanted, zlib.h at inflateInit2.
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) throw std::runtime_error("zlib cannot start");
  // zlib's interface takes what it only reads as mutable.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  std::array<char, 65536> chunk{};
  int result = Z_OK;
  while (result == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    result = inflate(&stream, Z_NO_FLUSH);
    out.append(chunk.data(), chunk.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("the packed data are damaged");
  return out;
}

#else  // nothing packed is embedded

std::string unpack_gzip(std::string_view) { throw std::logic_error("cannot unpack the pages: this build has no zlib"); }

#endif

}  // namespace serval::docs_ui
