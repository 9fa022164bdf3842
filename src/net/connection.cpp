// SPDX-License-Identifier: MIT
#include "net/connection.hpp"

#include <utility>

#include "handler/passage.hpp"
#include "net/connection_body.hpp"
#include "net/connection_guard.hpp"
#include "net/connection_stream.hpp"
#include "net/request_parser.hpp"
#include "net/stall_log.hpp"

namespace serval::detail {

namespace {
/// What middleware sees of a request whose head cannot be read.
constexpr http::RequestHead unreadable_head{
    http::Method::unknown, {}, {}, {http::Target::Form::origin, {}, {}, {}, {}}, 1};
}  // namespace

void Connection::start(std::shared_ptr<Loop> loop, std::unique_ptr<Transport> transport, Loop::Place place) {
  const Ref connection(new Connection(std::move(loop), std::move(transport), std::move(place)));
  connection->guarded([&] {
    connection->phase_due_ = connection->in(connection->loop_->settings().timeouts.header);
    connection->run();
  });
}

Connection::Connection(std::shared_ptr<Loop> loop, std::unique_ptr<Transport> transport, Loop::Place place)
    : loop_(std::move(loop)), place_(std::move(place)), transport_(std::move(transport)), last_active_(loop_->now()) {
  loop_->enlist(*this);
}

Connection::~Connection() {
  // Open only when an io_context is destroyed with its operations: the service may be gone, so it is not called.
  loop_->remove_deadline(*this);
  if (place_) loop_->forget(*this);
}

// Not inlined: g++ 12 does not see that two references in one function count two, and warns of a use after free.
[[gnu::noinline]] void intrusive_ptr_release(Connection* connection) noexcept {
  if (--connection->references_ == 0) delete connection;
}

void Connection::run() {
  while (!writing_) {
    bool more = false;
    switch (phase_) {
      case Phase::handshake:
        more = shake_hands();
        break;
      case Phase::head:
        more = read_head();
        break;
      case Phase::gate:
        more = begin_body();
        break;
      case Phase::body:
        more = read_body();
        break;
      case Phase::serve:
        more = serve();
        break;
      case Phase::answer:
        more = answer();
        break;
      case Phase::last_answer:
        if (flush()) shut();
        break;
      case Phase::running:
      case Phase::lingering:
      case Phase::web_socket:
      case Phase::closed:
        break;
    }
    if (!more) return;
  }
}

bool Connection::shake_hands() {
  switch (transport_->shake_hands()) {
    case Transport::Handshake::needs_input:
      await_readable();
      arm();
      return false;
    case Transport::Handshake::needs_output:
      await_writable();
      return false;
    case Transport::Handshake::failed:
      close();
      return false;
    case Transport::Handshake::done:
      break;
  }
  phase_ = Phase::head;
  phase_due_ = in(loop_->settings().timeouts.header);
  await_head();
  return false;
}

bool Connection::read_head() {
  const std::string_view bytes = input_->unread();
  switch (scanner_.scan(bytes, loop_->settings().limits)) {
    case HeadScanner::Result::refused:
      return refuse(scanner_.refusal());
    case HeadScanner::Result::need_more:
      if (flush()) await_head();
      return false;
    case HeadScanner::Result::complete:
      break;
  }
  const std::string_view head = bytes.substr(scanner_.head_begin(), scanner_.head_end() - scanner_.head_begin());
  input_->consume(scanner_.head_end());
  scanner_.reset();
  head_begun_ = false;
  begin_request();
  if (const Refusal refusal = parse_request_head(head, turn_->exchange.request, turn_->framing)) {
    return refuse(refusal);
  }
  const std::size_t max_requests = loop_->settings().max_requests_per_connection;
  ++requests_;
  closing_ = !turn_->framing.keep_alive || (max_requests != 0 && requests_ >= max_requests);
  return turn_->framing.has_upgrade ? admit_upgrade(head) : admit();
}

bool Connection::admit() {
  const http::Service& service = loop_->state().service();
  const std::size_t max_in_flight = loop_->settings().max_requests_in_flight;
  if (max_in_flight != 0 && loop_->state().tasks() >= max_in_flight) {
    refuse(503, "Too many requests in flight");
    turn_->exchange.response.headers().set("retry-after", "1");
    return true;
  }
  turn_->admission = service.admit(turn_->exchange);
  const RequestFraming& framing = turn_->framing;
  phase_ = Phase::serve;
  if (turn_->admission.streams_body) turn_->exchange.set_body_source(this);
  if (!framing.has_body()) return true;
  if (turn_->admission.skip_body) {
    // The body is neither read nor asked for; what follows the head cannot be told from it, so the connection ends.
    closing_ = unread_input_ = true;
    return true;
  }
  const std::uint64_t max_body = turn_->admission.max_body_bytes;
  if (max_body != 0 && framing.content_length > max_body) return refuse(413, "Request body too large");
  turn_->decoder.start(framing, max_body);
  if (turn_->admission.streams_body) {
    begin_body_stream();
    return true;
  }
  return turn_->admission.gate != nullptr ? open_gate() : begin_body();
}

/// The application does what needs no body. False while it waits for something.
bool Connection::open_gate() {
  phase_ = Phase::gate;
  const SteadyTime before = loop_->now();
  http::Pending pending = turn_->admission.gate->open(turn_->exchange);
  log_if_stalled(before);
  if (!pending) return true;
  start_task(std::move(pending), Phase::gate);
  return false;
}

bool Connection::begin_body() {
  if (turn_->exchange.body_refusal()) {
    closing_ = unread_input_ = true;
    phase_ = Phase::serve;
    return true;
  }
  body_floor_ = input_->position();
  phase_ = Phase::body;
  // RFC 9110 section 10.1.1: not when part of the body has come already.
  if (turn_->framing.expects_continue && input_->unread().empty()) output().bytes.append(ResponseWriter::continue_line);
  return true;
}

bool Connection::read_body() {
  turn_->body_pace.end_wait(loop_->now());
  for (;;) {
    const auto step = decode_body(*turn_);
    switch (step.event) {
      case BodyDecoder::Event::data:
        if (!turn_->take_body(step.data)) {
          closing_ = unread_input_ = true;
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

bool Connection::end_body() {
  phase_due_ = Deadlines::never;
  phase_ = Phase::serve;
  return true;
}

bool Connection::serve() {
  phase_ = Phase::answer;
  const SteadyTime before = loop_->now();
  turn_->exchange.stream = this;
  http::Pending pending = loop_->state().service().serve(turn_->exchange);
  log_if_stalled(before);
  if (!pending) return true;
  start_task(std::move(pending), Phase::answer);
  return false;
}

/// The application has been called at `before`.
void Connection::log_if_stalled(SteadyTime before) {
  const Settings& settings = loop_->settings();
  loop_->touch();
  if (settings.stall_threshold.count() != 0 && loop_->now() - before > settings.stall_threshold)
    log_stall(*settings.logger, turn_->exchange.request, loop_->now() - before);
}

bool Connection::answer() {
  if (body_) end_body_stream();
  if (stream_) return end_stream();
  if (!leave()) return false;
  const Request& request = turn_->exchange.request;
  Response& response = turn_->exchange.response;
  OutputBuffer& out = output();
  const auto written = loop_->writer().append(out.bytes, response,
                                              {.to_head = request.method() == http::Method::head,
                                               .close = closing_ || loop_->ends_connections(),
                                               .http_1_0 = request.version_minor() == 0});
  const std::uint64_t file_bytes = written.file ? response.file()->size() : 0;
  const std::uint64_t body_bytes = written.file ? file_bytes : written.has_body ? response.body().size() : 0;
  if (written.large_body) out.large_body = std::move(response.body());
  if (written.file) out.file.start(response.file());
  turn_->status = response.status();
  turn_->body_end = out.end_position() + file_bytes;
  turn_->body_begin = turn_->body_end - body_bytes;
  return finish_answer(written.close, written.large_body || written.file);
}

/// The application has a last look at the answer. False while it waits for something.
bool Connection::leave() {
  http::Exchange& exchange = turn_->exchange;
  if (std::exchange(turn_->has_left, true) || exchange.passage().empty()) return true;
  http::Pending pending = exchange.passage().leave(exchange, Passage::Faults::answered);
  if (!pending) return true;
  start_task(std::move(pending), Phase::answer);
  return false;
}

/// The whole answer is in the output.
bool Connection::finish_answer(bool is_last, bool flush_now) {
  OutputBuffer& out = output();
  ++out.answers;
  last_active_ = loop_->now();
  Turn* const turn = turn_.get();
  (last_answered_ != nullptr ? last_answered_->next : answered_) = std::move(turn_);
  last_answered_ = turn;
  phase_ = is_last ? Phase::last_answer : Phase::head;
  if (is_last) return true;
  // What dependencies hold, a lock or a session of a pool, is not to wait for further requests.
  const bool batch_is_full = flush_now || turn->exchange.keeps_anything() ||
                             out.bytes.size() >= OutputBuffer::batch_bytes ||
                             out.answers >= OutputBuffer::batch_answers;
  return batch_is_full ? flush() : true;
}

bool Connection::refuse(int status, std::string_view why) {
  if (!turn_) {
    begin_request();
    turn_->exchange.request.assign(unreadable_head);
  }
  turn_->exchange.response.reset();
  turn_->has_left = false;
  count_refusal(*turn_);
  loop_->state().service().refuse(turn_->exchange, status, why);
  // Where this message ends is not known, or not waited for: nothing after it is ever read as a request.
  closing_ = unread_input_ = true;
  phase_due_ = Deadlines::never;
  phase_ = Phase::answer;
  return true;
}

/// Once for each request, however often it is refused.
void Connection::count_refusal(Turn& turn) {
  if (!std::exchange(turn.is_refused, true)) loop_->counters().refused.add(1);
}

void Connection::begin_request() {
  begin_turn();
  turn_->in_flight = loop_->counters().requests_in_flight.hold();
  loop_->counters().requests.add(1);
}

void Connection::begin_turn() {
  turn_ = loop_->borrow_turn();
  turn_->started = loop_->now();
  phase_due_ = Deadlines::never;
  turn_->exchange.request.set_client(peer());
  turn_->exchange.request.set_max_query_params(loop_->settings().limits.max_query_params);
  turn_->exchange.request.set_limits(loop_->settings().limits);
  turn_->exchange.limits = &loop_->settings().limits;
  turn_->exchange.stopping = &loop_->state().stopping();
}

OutputBuffer& Connection::output() {
  if (!output_) output_ = loop_->borrow_output();
  return *output_;
}

}  // namespace serval::detail
