// SPDX-License-Identifier: MIT
// A connection whose handler reads the body of its request while it runs: bytes are read from the socket when the
// handler asks for them and not before, so that a client sends no faster than its body is used.
#include "net/connection_body.hpp"

#include <boost/asio/post.hpp>
#include <algorithm>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>

#include "net/connection_stream.hpp"

namespace serval::detail {

namespace asio = boost::asio;

namespace {
/// So much is read without a wait before the loop's other connections have their turn.
constexpr std::size_t max_turn_bytes = 1024 * 1024;
}  // namespace

Task<std::optional<std::string_view>> Connection::next(http::Exchange& exchange) {
  // Whoever waits for this or for something else, whichever comes first, may have given it up by the time it goes on:
  // then nothing is to be taken that would be lost with it.
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  co_await asio::post(loop_->executor(), asio::use_awaitable);
  for (;;) {
    require_wanted(exchange);
    if (cancellation.cancelled() != asio::cancellation_type::none)
      throw boost::system::system_error(asio::error::operation_aborted);
    if (!body_) co_return std::nullopt;  // the request has none
    BodyDecoder::Step step;
    if (!body_->fault) step = decode_body(*task_);
    if (step.event == BodyDecoder::Event::refused) fail_body(task_->decoder.refusal());
    if (body_->fault) {
      count_refusal(*task_);
      throw HttpError(body_->fault.status, body_->fault.why);
    }
    if (step.event == BodyDecoder::Event::data) co_return step.data;
    if (step.event == BodyDecoder::Event::done) {
      await_half_close();
      co_return std::nullopt;
    }
    if (!body_->is_asked_for)
      co_await ask_for_body(exchange);
    else if (!receive_body())
      co_await until_readable(exchange);
  }
}

void Connection::begin_body_stream() {
  body_ = std::make_unique<Body>(loop_->executor());
  body_floor_ = input_->position();
}

/// What has come: a piece, or that there is nothing more, or not yet.
BodyDecoder::Step Connection::decode_body(Turn& turn) {
  const auto step = turn.decoder.decode(input_ ? input_->unread() : std::string_view(), loop_->settings().limits);
  if (input_) input_->consume(step.consumed);
  turn.body_bytes += step.data.size();
  return step;
}

/// The rest of the body is not looked for, and nothing behind it.
void Connection::fail_body(const Refusal& fault) {
  body_->fault = fault;
  closing_ = unread_input_ = true;
}

/// To be done once, before more is read than came with the head.
Task<void> Connection::ask_for_body(const http::Exchange& exchange) {
  // Earlier answers are written first: they may lie in other buffers than the line below, and no more is read while
  // they wait for the client.
  while (writing_ && !(stream_ && stream_->has_begun)) {
    co_await body_->ready.wait();
    require_wanted(exchange);
  }
  body_->is_asked_for = true;
  // RFC 9110 section 10.1.1: not when part of the body has come already, nor behind the final answer's head.
  const bool nothing_came = input_->position() == body_floor_ && input_->unread().empty();
  if (task_->framing.expects_continue && nothing_came && !(stream_ && stream_->has_begun)) {
    output().bytes.append(ResponseWriter::continue_line);
    flush();
    require_wanted(exchange);
  }
  // The request views its head.
  task_->pinned_head = std::exchange(input_, nullptr);
}

/// Reads into a buffer of which the handler has let go. False when it has to wait for the client.
bool Connection::receive_body() {
  if (body_->turn_bytes >= max_turn_bytes) {
    body_->turn_bytes = 0;
    return false;
  }
  if (!input_) input_ = loop_->borrow_large_input();
  input_->rewind(0);
  switch (receive()) {
    case Received::bytes:
      body_->turn_bytes += input_->unread().size();
      return true;
    case Received::nothing:
      return false;
    case Received::end:
      close();  // the body is now never to be whole; the task is cancelled with this
      return true;
  }
  return false;
}

/// Errors: when the task was given up meanwhile.
Task<void> Connection::until_readable(const http::Exchange& exchange) {
  // Who waits needs no buffer: many slow clients do not cost one each.
  if (input_) loop_->give_back(std::exchange(input_, nullptr));
  loop_->touch();
  body_->turn_bytes = 0;
  body_->is_awaited = true;
  task_->body_pace.begin_wait(loop_->now());
  body_->due = task_->body_pace.due(loop_->settings().timeouts, task_->body_bytes, loop_->now());
  if (body_->due <= loop_->now()) {  // often enough, a byte at a time, it would never come to a deadline
    fail_body(too_slow);
    end_body_wait();
    co_return;
  }
  await_readable();
  arm();
  try {
    while (body_->is_awaited) {
      co_await body_->ready.wait();
      require_wanted(exchange);
    }
  } catch (...) {
    // The handler may go on where it gave up this wait alone, as for a timer of its own.
    if (body_) end_body_wait();
    throw;
  }
}

void Connection::end_body_wait() {
  if (std::exchange(body_->is_awaited, false)) task_->body_pace.end_wait(loop_->now());
  body_->due = Deadlines::never;
  body_->ready.tell();
}

/// Once the handler has ended: what has come of the rest is skipped. Where more would have to be read, the connection
/// ends with the answer.
void Connection::end_body_stream() {
  auto event = BodyDecoder::Event::data;
  while (event == BodyDecoder::Event::data && !body_->fault) event = decode_body(*turn_).event;
  if (event != BodyDecoder::Event::done) closing_ = unread_input_ = true;
  body_.reset();
  if (!input_) input_ = loop_->borrow_input();
}

}  // namespace serval::detail
