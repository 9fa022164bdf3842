// SPDX-License-Identifier: MIT
// A response that its handler sends in parts: with backpressure, keep-alive bytes while the handler is silent, and an
// end that the client can distinguish from a failure.
#include <boost/asio/error.hpp>

#include <serval/base/task.hpp>

#include "net/http1_session.hpp"

namespace serval::detail {

namespace asio = boost::asio;

bool Http1Session::is_wanted(const http::Exchange& exchange) const noexcept {
  return task_ != nullptr && &task_->exchange == &exchange;
}

Turn& Http1Session::wanted(const http::Exchange& exchange) const {
  if (!is_wanted(exchange)) throw boost::system::system_error(asio::error::operation_aborted);
  return *task_;
}

StreamedAnswer& Http1Session::parts_of(Turn& turn) {
  if (!turn.parts) turn.parts = std::make_unique<StreamedAnswer>(loop().executor());
  return *turn.parts;
}

Task<void> Http1Session::write(http::Exchange& exchange, std::string_view bytes) {
  Turn& turn = wanted(exchange);
  StreamedAnswer& parts = parts_of(turn);
  if (!parts.has_begun) {
    co_await until_written(exchange);  // earlier responses may be in other buffers than the parts
    begin_stream(turn);
  }
  loop().touch();
  if (parts.has_body) send_part(parts, bytes);
  if (!connection_.is_writing()) flush();
  static_cast<void>(wanted(exchange));
  if (!parts.has_body) throw StreamEnded();
  if (parts.silence.count() != 0) phase_due_ = connection_.in(parts.silence);
  connection_.arm();
  if (connection_.is_writing() && output_->bytes.size() - output_->sent >= OutputBuffer::batch_bytes)
    co_await until_written(exchange);
}

void Http1Session::keep_alive(http::Exchange& exchange, std::chrono::milliseconds silence, std::string_view text) {
  // The task may not have started yet.
  Turn* const turn = is_wanted(exchange) ? task_ : turn_.get();
  if (turn == nullptr || &turn->exchange != &exchange) return;
  StreamedAnswer& parts = parts_of(*turn);
  parts.silence = silence;
  parts.keep_alive = text;
}

Task<void> Http1Session::until_written(const http::Exchange& exchange) {
  StreamedAnswer& parts = *wanted(exchange).parts;
  while (connection_.is_writing()) {
    co_await parts.written.wait();
    static_cast<void>(wanted(exchange));
  }
}

void Http1Session::begin_stream(Turn& turn) {
  const Request& request = turn.exchange.request;
  const bool is_1_0 = request.version_minor() == 0;
  StreamedAnswer& parts = *turn.parts;
  parts.has_begun = true;
  parts.is_chunked = !is_1_0;
  using Length = ResponseWriter::Length;
  const auto written = loop().writer().append(output().bytes, turn.exchange.response,
                                              {.to_head = request.method() == http::Method::head,
                                               .close = closing_ || loop().ends_connections(),
                                               .http_1_0 = is_1_0,
                                               .length = parts.is_chunked ? Length::chunked : Length::until_close});
  parts.has_body = written.has_body;
  parts.is_last = written.close;
  parts.status = turn.exchange.response.status();
  // The handler has no deadline from here on. A client that does not read has its own deadline.
  phase_due_ = Deadlines::never;
}

void Http1Session::send_part(StreamedAnswer& parts, std::string_view bytes) {
  if (bytes.empty()) return;
  OutputBuffer& out = output();
  out.drop_sent();
  parts.bytes += bytes.size();
  if (parts.is_chunked)
    ResponseWriter::append_chunk(out.bytes, bytes);
  else
    out.bytes.append(bytes);
}

void Http1Session::send_keep_alive() {
  StreamedAnswer& parts = *task_->parts;
  phase_due_ = connection_.in(parts.silence);
  if (!connection_.is_writing()) {  // else the client is behind and needs no keep-alive bytes
    send_part(parts, parts.keep_alive);
    flush();
  }
  if (connection_.is_open()) connection_.arm();
}

bool Http1Session::end_stream() {
  const bool has_failed = turn_->exchange.streaming == http::Exchange::Streaming::failed;
  if (has_failed && turn_->parts->has_begun) {
    turn_->ending = http::Ending::failed;
    connection_.close();  // without the last chunk, so that the client notices that the response is incomplete
    return false;
  }
  turn_->note_parts();
  const std::unique_ptr<StreamedAnswer> parts = std::move(turn_->parts);
  if (!parts->has_begun) return answer();
  if (parts->is_chunked && parts->has_body) output().bytes.append(ResponseWriter::last_chunk);
  turn_->body_begin = turn_->body_end = output().end_position();
  return finish_answer(parts->is_last || loop().draining(), true);
}

bool Http1Session::has_begun_answer() const noexcept {
  return task_ != nullptr && task_->parts && task_->parts->has_begun;
}

}  // namespace serval::detail
