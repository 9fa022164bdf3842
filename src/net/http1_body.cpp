// SPDX-License-Identifier: MIT
// The body of a request: read whole before it is served, or by its handler while that runs: then bytes are read from
// the transport when the handler asks for them and not before, so that a client sends no faster than its body is used.
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>

#include "net/http1_session.hpp"

namespace serval::detail {

namespace asio = boost::asio;

namespace {
/// So much is read without a wait before the loop's other connections have their turn.
constexpr std::size_t max_turn_bytes = 1024 * 1024;
}  // namespace

/// What has come: a piece, or that there is nothing more, or not yet.
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
  // RFC 9110 section 10.1.1: not when part of the body has come already.
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
  // Whoever waits for this or for something else, whichever comes first, may have given it up by the time it goes on:
  // then nothing is to be taken that would be lost with it.
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  co_await asio::post(loop().executor(), asio::use_awaitable);
  for (;;) {
    Turn& turn = wanted(exchange);
    if (cancellation.cancelled() != asio::cancellation_type::none)
      throw boost::system::system_error(asio::error::operation_aborted);
    if (!turn.body) co_return std::nullopt;  // the request has none
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

/// The rest of the body is not looked for, and nothing behind it.
void Http1Session::fail_body(Turn& turn, const Refusal& fault) {
  turn.body->fault = fault;
  stop_reading();
}

/// To be done once, before more is read than came with the head.
Task<void> Http1Session::ask_for_body(const http::Exchange& exchange) {
  Turn& turn = wanted(exchange);
  const auto has_begun_answer_of = [](const Turn& of) { return of.parts && of.parts->has_begun; };
  // Earlier answers are written first: they may lie in other buffers than the line below, and no more is read while
  // they wait for the client.
  while (connection_.is_writing() && !has_begun_answer_of(turn)) {
    co_await turn.body->ready.wait();
    static_cast<void>(wanted(exchange));
  }
  turn.body->is_asked_for = true;
  // RFC 9110 section 10.1.1: not when part of the body has come already, nor behind the final answer's head.
  const bool nothing_came = input().position() == body_floor_ && input().unread().empty();
  if (turn.framing.expects_continue && nothing_came && !has_begun_answer_of(turn)) {
    output().bytes.append(ResponseWriter::continue_line);
    flush();
    static_cast<void>(wanted(exchange));
  }
  // The request views its head.
  turn.pinned_head = std::exchange(connection_.input(), nullptr);
}

/// Reads into a buffer of which the handler has let go. False when it has to wait for the client.
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
      connection_.close();  // the body is now never to be whole; the task is cancelled with this
      return true;
  }
  return false;
}

/// Errors: when the task was given up meanwhile.
Task<void> Http1Session::until_readable(const http::Exchange& exchange) {
  // Who waits needs no buffer: many slow clients do not cost one each.
  connection_.return_input();
  loop().touch();
  Turn& turn = wanted(exchange);
  StreamedBody& body = *turn.body;
  body.turn_bytes = 0;
  body.is_awaited = true;
  turn.body_pace.begin_wait(loop().now());
  body.due = turn.body_pace.due(settings().timeouts, turn.body_bytes, loop().now());
  if (body.due <= loop().now()) {  // often enough, a byte at a time, it would never come to a deadline
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
    // The handler may go on if it gave up only this wait, for example for a timer of its own.
    if (is_wanted(exchange)) end_body_wait(turn);
    throw;
  }
}

void Http1Session::end_body_wait(Turn& turn) {
  if (std::exchange(turn.body->is_awaited, false)) turn.body_pace.end_wait(loop().now());
  turn.body->due = Deadlines::never;
  turn.body->ready.tell();
}

/// Once the handler has ended: what has come of the rest is skipped. Where more would have to be read, the connection
/// ends with the answer.
void Http1Session::end_body_stream() {
  auto event = BodyDecoder::Event::data;
  while (event == BodyDecoder::Event::data && !turn_->body->fault) event = decode_body(*turn_).event;
  if (event != BodyDecoder::Event::done) stop_reading();
  turn_->body.reset();
  if (!connection_.input()) connection_.input() = loop().borrow_input();
}

}  // namespace serval::detail
