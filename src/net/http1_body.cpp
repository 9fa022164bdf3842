// SPDX-License-Identifier: MIT
// The body of a request. Either the session reads it whole before the request is served, or the handler reads it while
// it runs. In the second case bytes are read from the transport only when the handler asks for them, so that the client
// sends no faster than the handler reads.
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>

#include "net/http1_session.hpp"

namespace serval::detail {

namespace asio = boost::asio;

namespace {
/// The number of bytes that are read without a wait before the loop's other connections get their turn.
constexpr std::size_t max_turn_bytes = 1024 * 1024;
}  // namespace

/// Decodes the next piece of the body from the input that has arrived.
BodyDecoder::Step Http1Session::decode_body(Turn& turn) {
  InputBuffer* const input = connection_.input().get();
  const auto step = turn.decoder.decode(input != nullptr ? input->unread() : std::string_view(), settings().limits);
  if (input != nullptr) input->consume(step.consumed);
  turn.body_bytes += step.data.size();
  return step;
}

// --- whole --------------------------------------------------------------------------------------

bool Http1Session::begin_body() {
  if (turn_->exchange.body_refusal()) {
    stop_reading();
    phase_ = Phase::serve;
    return true;
  }
  body_floor_ = input().position();
  phase_ = Phase::body;
  // RFC 9110 section 10.1.1: no 100 (Continue) if part of the body has already arrived.
  if (turn_->framing.expects_continue && input().unread().empty()) output().bytes.append(ResponseWriter::continue_line);
  return true;
}

bool Http1Session::read_body() {
  turn_->body_pace.end_wait(loop().now());
  for (;;) {
    const auto step = decode_body(*turn_);
    switch (step.event) {
      case BodyDecoder::Event::data:
        if (!turn_->take_body(step.data)) {
          stop_reading();
          return end_body();
        }
        break;
      case BodyDecoder::Event::refused:
        return refuse(turn_->decoder.refusal());
      case BodyDecoder::Event::need_more:
        turn_->settle_body();
        if (flush()) await_body();
        return false;
      case BodyDecoder::Event::done:
        turn_->end_body();
        return end_body();
    }
  }
}

bool Http1Session::end_body() {
  phase_due_ = Deadlines::never;
  phase_ = Phase::serve;
  return true;
}

// --- by the handler -----------------------------------------------------------------------------

void Http1Session::begin_body_stream() {
  turn_->body = std::make_unique<StreamedBody>(loop().executor());
  body_floor_ = input().position();
}

Task<std::optional<std::string_view>> Http1Session::next(http::Exchange& exchange) {
  // A caller that waits for the first of several events may have cancelled this call before the task resumes. The call
  // must not take any bytes then, since they would be lost.
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  co_await asio::post(loop().executor(), asio::use_awaitable);
  for (;;) {
    Turn& turn = wanted(exchange);
    if (cancellation.cancelled() != asio::cancellation_type::none)
      throw boost::system::system_error(asio::error::operation_aborted);
    if (!turn.body) co_return std::nullopt;  // the request has no body
    BodyDecoder::Step step;
    if (!turn.body->fault) step = decode_body(turn);
    if (step.event == BodyDecoder::Event::refused) fail_body(turn, turn.decoder.refusal());
    if (turn.body->fault) {
      count_refusal(turn);
      throw HttpError(turn.body->fault.status, turn.body->fault.why);
    }
    if (step.event == BodyDecoder::Event::data) co_return step.data;
    if (step.event == BodyDecoder::Event::done) {
      await_half_close();
      co_return std::nullopt;
    }
    if (!turn.body->is_asked_for)
      co_await ask_for_body(exchange);
    else if (!receive_body(*turn.body))
      co_await until_readable(exchange);
  }
}

/// Records why the rest of the body is not read. The bytes after the body are not read either.
void Http1Session::fail_body(Turn& turn, const Refusal& fault) {
  turn.body->fault = fault;
  stop_reading();
}

/// Called once, before more of the body is read than arrived with the head. Sends 100 (Continue) if the client expects
/// it.
Task<void> Http1Session::ask_for_body(const http::Exchange& exchange) {
  Turn& turn = wanted(exchange);
  const auto has_begun_answer_of = [](const Turn& of) { return of.parts && of.parts->has_begun; };
  // Earlier responses are written first: they may be in other buffers than the line below, and nothing more is read
  // while they wait for the client.
  while (connection_.is_writing() && !has_begun_answer_of(turn)) {
    co_await turn.body->ready.wait();
    static_cast<void>(wanted(exchange));
  }
  turn.body->is_asked_for = true;
  // RFC 9110 section 10.1.1: no 100 (Continue) if part of the body has already arrived, and none after the head of the
  // final response.
  const bool nothing_came = input().position() == body_floor_ && input().unread().empty();
  if (turn.framing.expects_continue && nothing_came && !has_begun_answer_of(turn)) {
    output().bytes.append(ResponseWriter::continue_line);
    flush();
    static_cast<void>(wanted(exchange));
  }
  // The request has views of its head, so this buffer is kept for it.
  turn.pinned_head = std::exchange(connection_.input(), nullptr);
}

/// Reads into a buffer whose earlier bytes the handler does not use any more. Returns false if the caller has to wait,
/// for the client or to give the loop's other connections their turn.
bool Http1Session::receive_body(StreamedBody& body) {
  if (body.turn_bytes >= max_turn_bytes) {
    body.turn_bytes = 0;
    return false;
  }
  if (!connection_.input()) connection_.input() = loop().borrow_large_input();
  input().rewind(0);
  switch (receive()) {
    case Connection::Received::bytes:
      body.turn_bytes += input().unread().size();
      return true;
    case Connection::Received::nothing:
      return false;
    case Connection::Received::end:
      connection_.close();  // the body cannot become complete any more; this cancels the task as well
      return true;
  }
  return false;
}

/// Waits for more of the body. Errors: `boost::system::system_error` if the task was given up meanwhile.
Task<void> Http1Session::until_readable(const http::Exchange& exchange) {
  // A wait needs no buffer, so that many slow clients do not take one each.
  connection_.return_input();
  loop().touch();
  Turn& turn = wanted(exchange);
  StreamedBody& body = *turn.body;
  body.turn_bytes = 0;
  body.is_awaited = true;
  turn.body_pace.begin_wait(loop().now());
  body.due = turn.body_pace.due(settings().timeouts, turn.body_bytes, loop().now());
  if (body.due <= loop().now()) {  // a client that often sends single bytes would never let the timer expire
    fail_body(turn, too_slow);
    end_body_wait(turn);
    co_return;
  }
  connection_.await_readable();
  connection_.arm();
  try {
    while (body.is_awaited) {
      co_await body.ready.wait();
      static_cast<void>(wanted(exchange));
    }
  } catch (...) {
    // The handler may go on if it has cancelled only this wait, for example because its own timer has expired.
    if (is_wanted(exchange)) end_body_wait(turn);
    throw;
  }
}

void Http1Session::end_body_wait(Turn& turn) {
  if (std::exchange(turn.body->is_awaited, false)) turn.body_pace.end_wait(loop().now());
  turn.body->due = Deadlines::never;
  turn.body->ready.tell();
}

/// Called when the handler has ended: skips the rest of the body that has already arrived. If more would have to be
/// read, the connection ends with the response.
void Http1Session::end_body_stream() {
  auto event = BodyDecoder::Event::data;
  while (event == BodyDecoder::Event::data && !turn_->body->fault) event = decode_body(*turn_).event;
  if (event != BodyDecoder::Event::done) stop_reading();
  turn_->body.reset();
  if (!connection_.input()) connection_.input() = loop().borrow_input();
}

}  // namespace serval::detail
