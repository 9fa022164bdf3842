// SPDX-License-Identifier: MIT
#include <serval/params/stream.hpp>

#include <boost/asio/post.hpp>
#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

#include <serval/http/body_encoder.hpp>

#include "handler/kept_values.hpp"
#include "handler/passage.hpp"
#include "handler/shield.hpp"
#include "params/stream_parts.hpp"

namespace serval::detail {

namespace {

constexpr std::string_view event_ping = ": ping\n\n";

void set_event_fields(Response& response) {
  http::Headers& headers = response.headers();
  if (!headers.contains("cache-control")) headers.set("cache-control", "no-cache");
  if (!headers.contains("x-accel-buffering")) headers.set("x-accel-buffering", "no");  // nginx then does not buffer it
}

/// A long part is encoded in pieces, so that the loop's other connections can run between them.
Task<void> write_encoded(http::Exchange& exchange, std::string_view bytes, http::BodyEncoder::Until until) {
  constexpr std::size_t piece_bytes = std::size_t{128} * 1024;
  const std::shared_ptr<http::BodyEncoder> encoder = exchange.response.encoder();
  for (;;) {
    const std::string_view piece = bytes.substr(0, piece_bytes);
    bytes.remove_prefix(piece.size());
    std::string encoded;
    encoder->encode(piece, bytes.empty() ? until : http::BodyEncoder::Until::more, encoded);
    if (!encoded.empty()) co_await exchange.stream->write(exchange, encoded);
    if (bytes.empty()) co_return;
    co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
  }
}

}  // namespace

void begin_stream(http::Exchange& exchange, const ResponseRule& rule) {
  // If the handler of a WebSocket sets a status, it refuses the handshake with it.
  if (exchange.web_socket == nullptr && !exchange.response.status_was_set())
    exchange.response.set_status(rule.status_code != 0 ? rule.status_code : status::ok);
}

void end_stream(http::Exchange& exchange, const ResponseSpec& spec) {
  if (exchange.streaming != http::Exchange::Streaming::none) return;
  Response& response = exchange.response;
  if (spec.content == ResponseContent::web_socket) {
    if (!response.status_was_set()) response = plain_text("Internal Server Error", status::internal_server_error);
    return;
  }
  response.clear_body();
  if (response.content_type().empty()) response.set_content_type(spec.media_type);
  if (spec.content == ResponseContent::events) set_event_fields(response);
}

/// Finishes the values that are kept until the response; they are destroyed after the handler has ended, since it may
/// refer to them. Errors: exceptions from `finish`, again at each later write.
Task<void> finish_before_parts(http::Exchange& exchange) {
  if (exchange.fault_before_parts) std::rethrow_exception(exchange.fault_before_parts);
  KeptEnd end;
  end.outcome.status = exchange.response.status();
  if (exchange.kept().wait_before_answer())
    co_await shield(exchange.kept().run_and_wait(KeptValues::Pass::finish_answer, end));
  else
    exchange.kept().run(KeptValues::Pass::finish_answer, end);
  if (!end.outcome.exception) co_return;
  exchange.fault_before_parts = end.outcome.exception;
  std::rethrow_exception(end.outcome.exception);
}

/// The head of a streamed response is sent with its first part.
Task<void> StreamArgument::begin_parts(Kind kind) {
  http::Exchange& exchange = *exchange_;
  if (exchange.keeps_anything()) co_await finish_before_parts(exchange);
  Response& response = exchange.response;
  if (response.content_type().empty() && kind != Kind::bytes)
    response.set_content_type(kind == Kind::events ? "text/event-stream" : "application/jsonl");
  if (kind == Kind::events) set_event_fields(response);
  response.mark_in_parts();
  if (http::Pending pending = exchange.passage().leave(exchange, Passage::Faults::thrown)) co_await pending.take();
  exchange.streaming = http::Exchange::Streaming::begun;
}

Task<void> StreamArgument::write_part(Kind kind, std::string bytes) {
  http::Exchange& exchange = *exchange_;
  if (exchange.stream == nullptr) throw std::logic_error("the host of this request cannot stream a response");
  if (exchange.streaming == http::Exchange::Streaming::none) co_await begin_parts(kind);
  // The text is sent unencoded, which a client that decodes would not understand.
  if (kind == Kind::events && !exchange.response.encoder())
    exchange.stream->keep_alive(exchange, std::max(silence_, std::chrono::milliseconds(0)), event_ping);
  if (exchange.response.encoder() && !bytes.empty())
    co_await write_encoded(exchange, bytes, http::BodyEncoder::Until::flush);
  else
    co_await exchange.stream->write(exchange, bytes);
}

Task<void> end_parts(http::Exchange& exchange) {
  if (exchange.streaming != http::Exchange::Streaming::begun || !exchange.response.encoder()) co_return;
  co_await write_encoded(exchange, {}, http::BodyEncoder::Until::end);
}

}  // namespace serval::detail
