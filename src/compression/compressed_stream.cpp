// SPDX-License-Identifier: MIT
#include "compression/compressed_stream.hpp"

#include <algorithm>

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <serval/base/task.hpp>

namespace serval::detail {

namespace {

// A long part is packed in pieces, between which the loop's other connections have their turn.
constexpr std::size_t piece_bytes = std::size_t{128} * 1024;

}  // namespace

CompressedStream::CompressedStream(const Compressor& compressor, http::Exchange& exchange)
    : compressor_(compressor), exchange_(exchange), carrier_(*exchange.stream) {
  exchange.stream = this;
}

CompressedStream::~CompressedStream() { exchange_.stream = &carrier_; }

Task<void> CompressedStream::write(http::Exchange& exchange, std::string_view bytes) {
  if (!has_begun_) {
    encoder_ = compressor_.begin_parts(exchange);
    has_begun_ = true;
  }
  return encoder_ ? write_packed(bytes) : carrier_.write(exchange, bytes);
}

Task<void> CompressedStream::write_packed(std::string_view bytes) {
  if (bytes.empty()) co_return co_await carrier_.write(exchange_, bytes);  // the head
  for (;;) {
    const std::string_view piece = bytes.substr(0, piece_bytes);
    bytes.remove_prefix(piece.size());
    packed_.clear();
    encoder_->encode(piece, bytes.empty() ? Encoder::Until::flush : Encoder::Until::more, packed_);
    if (!packed_.empty()) co_await carrier_.write(exchange_, packed_);
    if (bytes.empty()) co_return;
    co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
  }
}

void CompressedStream::keep_alive(std::chrono::milliseconds silence, std::string_view text) {
  // The text is sent as it is, which a client that unpacks would not understand.
  if (!encoder_) carrier_.keep_alive(silence, text);
}

Task<void> CompressedStream::end() {
  if (!encoder_) co_return;
  packed_.clear();
  encoder_->encode({}, Encoder::Until::end, packed_);
  co_await carrier_.write(exchange_, packed_);
}

}  // namespace serval::detail
