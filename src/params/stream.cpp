// SPDX-License-Identifier: MIT
#include <serval/params/stream.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace serval::detail {

namespace {

constexpr std::string_view event_ping = ": ping\n\n";

void set_event_fields(Response& response) {
  http::Headers& headers = response.headers();
  if (!headers.contains("cache-control")) headers.set("cache-control", "no-cache");
  if (!headers.contains("x-accel-buffering")) headers.set("x-accel-buffering", "no");  // nginx passes it on as it comes
}

}  // namespace

void begin_stream(http::Exchange& exchange, const ResponseRule& rule) {
  // The handler of a WebSocket that sets a status refuses the handshake with it.
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

Task<void> StreamArgument::write_part(Kind kind, std::string bytes) {
  http::Exchange& exchange = *exchange_;
  if (exchange.stream == nullptr) throw std::logic_error("whoever serves this request cannot send answers in parts");
  if (exchange.streaming == http::Exchange::Streaming::none) {
    Response& response = exchange.response;
    if (response.content_type().empty() && kind != Kind::bytes)
      response.set_content_type(kind == Kind::events ? "text/event-stream" : "application/jsonl");
    if (kind == Kind::events) {
      set_event_fields(response);
    }
    exchange.streaming = http::Exchange::Streaming::begun;
  }
  if (kind == Kind::events) exchange.stream->keep_alive(std::max(silence_, std::chrono::milliseconds(0)), event_ping);
  co_await exchange.stream->write(exchange, bytes);
}

}  // namespace serval::detail
