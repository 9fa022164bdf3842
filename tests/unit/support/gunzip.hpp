// SPDX-License-Identifier: MIT
// Unpacks a gzip stream as a client does, even if only its beginning has arrived.
#pragma once

#include <zlib.h>

#include <string>
#include <string_view>

namespace serval::testing {

struct Unpacked {
  std::string text;
  bool is_whole = false;  ///< the stream has ended, its checksum is right, and nothing follows it
  bool is_damaged = false;
};

[[nodiscard]] inline Unpacked gunzip(std::string_view packed) {
  Unpacked result;
  z_stream stream{};
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) return result;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string chunk(65536, '\0');
  int outcome = Z_OK;
  do {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    outcome = inflate(&stream, Z_SYNC_FLUSH);
    result.text.append(chunk, 0, chunk.size() - stream.avail_out);
  } while (outcome == Z_OK && stream.avail_out == 0);
  result.is_whole = outcome == Z_STREAM_END && stream.avail_in == 0;
  result.is_damaged = outcome != Z_OK && outcome != Z_STREAM_END && outcome != Z_BUF_ERROR;
  inflateEnd(&stream);
  return result;
}

}  // namespace serval::testing
