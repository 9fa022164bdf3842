// SPDX-License-Identifier: MIT
// An answer that is sent in parts, compressed on its way: stands between the handler and whoever carries it.
#pragma once

#include <memory>
#include <string>

#include <serval/handler/answer_stream.hpp>

#include "compression/compressor.hpp"

namespace serval::detail {

/// Each part can be unpacked by the client when it comes. Takes the place of `exchange.stream` for its own lifetime.
/// REQUIRES: that there is one; compressor and exchange outlive it.
class CompressedStream final : public http::AnswerStream {
 public:
  CompressedStream(const Compressor& compressor, http::Exchange& exchange);
  CompressedStream(const CompressedStream&) = delete;
  CompressedStream& operator=(const CompressedStream&) = delete;
  ~CompressedStream() override;

  [[nodiscard]] Task<void> write(http::Exchange& exchange, std::string_view bytes) override;
  void keep_alive(std::chrono::milliseconds silence, std::string_view text) override;
  /// Sends what makes the answer whole, once its handler has ended well.
  [[nodiscard]] Task<void> end();

 private:
  [[nodiscard]] Task<void> write_packed(std::string_view bytes);

  const Compressor& compressor_;
  http::Exchange& exchange_;
  http::AnswerStream& carrier_;
  bool has_begun_ = false;
  std::unique_ptr<Encoder> encoder_;  // null: the parts go as they are
  std::string packed_;
};

}  // namespace serval::detail
