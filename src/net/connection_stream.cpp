// SPDX-License-Identifier: MIT
// A connection whose handler sends its answer in parts: with backpressure, a sign of life in silence, and an end that
// the client can tell from a fault.
#include "net/connection_stream.hpp"

#include <boost/asio/error.hpp>

#include <serval/base/task.hpp>

namespace serval::detail {

namespace asio = boost::asio;

Task<void> Connection::write(http::Exchange& exchange, std::string_view bytes) {
  require_wanted(exchange);
  if (!stream_) stream_ = std::make_unique<Stream>(loop_->executor());
  if (!stream_->has_begun) {
    co_await until_written(exchange);  // earlier answers, which may lie in other buffers than the parts
    begin_stream(exchange);
  }
  loop_->touch();
  if (stream_->has_body) send_part(bytes);
  if (!writing_) flush();
  require_wanted(exchange);
  if (!stream_->has_body) throw StreamEnded();
  if (stream_->silence.count() != 0) phase_due_ = in(stream_->silence);
  arm();
  if (writing_ && output_->bytes.size() - output_->sent >= OutputBuffer::batch_bytes) co_await until_written(exchange);
}

void Connection::keep_alive(std::chrono::milliseconds silence, std::string_view text) {
  if (!stream_) stream_ = std::make_unique<Stream>(loop_->executor());
  stream_->silence = silence;
  stream_->keep_alive = text;
}

/// Errors: when the task was given up; its answer goes nowhere.
void Connection::require_wanted(const http::Exchange& exchange) const {
  if (task_ == nullptr || &task_->exchange != &exchange)
    throw boost::system::system_error(asio::error::operation_aborted);
}

Task<void> Connection::until_written(const http::Exchange& exchange) {
  while (writing_) {
    co_await stream_->written.wait();
    require_wanted(exchange);
  }
}

void Connection::begin_stream(http::Exchange& exchange) {
  const Request& request = exchange.request;
  const bool is_1_0 = request.version_minor() == 0;
  const bool is_to_head = request.method() == http::Method::head;
  stream_->has_begun = true;
  stream_->is_chunked = !is_1_0;
  using Length = ResponseWriter::Length;
  const auto written = loop_->writer().append(output().bytes, exchange.response,
                                              {.to_head = is_to_head,
                                               .close = closing_ || loop_->ends_connections(),
                                               .http_1_0 = is_1_0,
                                               .length = stream_->is_chunked ? Length::chunked : Length::until_close});
  stream_->has_body = written.has_body;
  stream_->is_last = written.close;
  stream_->status = exchange.response.status();
  // From here on it has as long as it takes; a client that does not read has its own deadline.
  phase_due_ = Deadlines::never;
}

void Connection::send_part(std::string_view bytes) {
  if (bytes.empty()) return;
  OutputBuffer& out = output();
  out.drop_sent();
  stream_->bytes += bytes.size();
  if (stream_->is_chunked)
    ResponseWriter::append_chunk(out.bytes, bytes);
  else
    out.bytes.append(bytes);
}

void Connection::send_keep_alive() {
  phase_due_ = in(stream_->silence);
  if (!writing_) {  // else the client is behind: it needs no sign of life
    send_part(stream_->keep_alive);
    flush();
  }
  if (phase_ != Phase::closed) arm();
}

/// What has come of the answer so far, for its end.
void Connection::note_stream(Turn& turn) const noexcept {
  turn.status = stream_->status;
  turn.sent_bytes = stream_->bytes;
}

bool Connection::end_stream() {
  const bool has_failed = turn_->exchange.streaming == http::Exchange::Streaming::failed;
  if (has_failed && stream_->has_begun) {
    turn_->ending = http::Ending::failed;
    close();  // without the last chunk: the client is to see that the answer is not whole
    return false;
  }
  const bool has_begun = stream_->has_begun, ends_with_chunk = stream_->is_chunked && stream_->has_body;
  const bool is_last = stream_->is_last || loop_->draining();
  if (has_begun) note_stream(*turn_);
  stream_.reset();
  if (!has_begun) return answer();
  if (ends_with_chunk) output().bytes.append(ResponseWriter::last_chunk);
  turn_->body_begin = turn_->body_end = output().end_position();
  return finish_answer(is_last, true);
}

}  // namespace serval::detail
