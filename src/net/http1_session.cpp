// SPDX-License-Identifier: MIT
#include "net/http1_session.hpp"

#include <utility>

#include "handler/passage.hpp"
#include "net/stall_log.hpp"
#include "net/web_socket_session.hpp"
#include "wire/request_parser.hpp"
#include "wire/web_socket_handshake.hpp"

namespace serval::detail {

namespace {
/// The head that middleware sees if the head of a request cannot be parsed.
constexpr http::RequestHead unreadable_head{
    http::Method::unknown, {}, {}, {http::Target::Form::origin, {}, {}, {}, {}}, 1};
}  // namespace

Http1Session::Http1Session(Connection& connection) : connection_(connection), last_active_(connection.loop()->now()) {}

Http1Session::~Http1Session() = default;

void Http1Session::begin() {
  phase_due_ = connection_.in(settings().timeouts.header);
  await_head();
}

void Http1Session::run() {
  while (!connection_.is_writing()) {
    bool more = false;
    switch (phase_) {
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
        if (flush()) connection_.shut();
        break;
      case Phase::running:
      case Phase::over:
        break;
    }
    if (!more) return;
  }
}

bool Http1Session::read_head() {
  const std::string_view bytes = input().unread();
  switch (scanner_.scan(bytes, settings().limits)) {
    case HeadScanner::Result::refused:
      return refuse(scanner_.refusal());
    case HeadScanner::Result::need_more:
      if (flush()) await_head();
      return false;
    case HeadScanner::Result::complete:
      break;
  }
  const std::string_view head = bytes.substr(scanner_.head_begin(), scanner_.head_end() - scanner_.head_begin());
  input().consume(scanner_.head_end());
  scanner_.reset();
  head_begun_ = false;
  begin_request();
  if (const Refusal refusal = parse_request_head(head, turn_->exchange.request, turn_->framing)) {
    return refuse(refusal);
  }
  const std::size_t max_requests = settings().max_requests_per_connection;
  ++requests_;
  closing_ = !turn_->framing.keep_alive || (max_requests != 0 && requests_ >= max_requests);
  return turn_->framing.has_upgrade ? admit_upgrade(head) : admit();
}

void Http1Session::begin_request() {
  begin_turn();
  turn_->in_flight = loop().counters().requests_in_flight.hold();
  loop().counters().requests.add(1);
}

void Http1Session::begin_turn() {
  turn_ = loop().borrow_turn();
  turn_->started = loop().now();
  phase_due_ = Deadlines::never;
  http::Exchange& exchange = turn_->exchange;
  exchange.request.set_client(connection_.transport().peer());
  exchange.request.set_max_query_params(settings().limits.max_query_params);
  exchange.request.set_limits(settings().limits);
  exchange.limits = &settings().limits;
  exchange.stopping = &loop().state().stopping();
}

/// Admits a request that has an `upgrade` field. All upgrades except to WebSocket are ignored.
bool Http1Session::admit_upgrade(std::string_view head) {
  http::Exchange& exchange = turn_->exchange;
  if (!asks_for_web_socket(exchange.request)) return admit();
  if (const Refusal refusal = check_handshake(exchange.request, turn_->framing, input().unread())) {
    const bool is_version = !has_supported_version(exchange.request);
    refuse(refusal);
    if (is_version) exchange.response.headers().set("sec-websocket-version", web_socket_version);
    return true;
  }
  // The head must stay readable while the WebSocket is open. It is copied to memory of its own size, so that no whole
  // input buffer is kept.
  turn_->pinned_head = std::make_shared<InputBuffer>(head.size());
  turn_->pinned_head->load(head);
  exchange.request.mutable_headers().clear();
  (void)parse_request_head(turn_->pinned_head->unread(), exchange.request, turn_->framing);
  turn_->web_socket.reset(new WebSocketSession(connection_, *this, *turn_));
  exchange.web_socket = turn_->web_socket.get();
  return admit();
}

bool Http1Session::admit() {
  const http::Service& service = loop().state().service();
  const std::size_t max_in_flight = settings().max_requests_in_flight;
  if (max_in_flight != 0 && loop().state().tasks() >= max_in_flight) {
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
    // The body is neither read nor requested. The bytes after the head may belong to it, so they cannot be read as a
    // request.
    stop_reading();
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

/// Lets the application do the work that needs no body. Returns false while it waits for something.
bool Http1Session::open_gate() {
  phase_ = Phase::gate;
  const SteadyTime before = loop().now();
  http::Pending pending = turn_->admission.gate->open(turn_->exchange);
  log_if_stalled(before);
  if (!pending) return true;
  start_task(std::move(pending), Phase::gate);
  return false;
}

bool Http1Session::serve() {
  phase_ = Phase::answer;
  const SteadyTime before = loop().now();
  turn_->exchange.stream = this;
  http::Pending pending = loop().state().service().serve(turn_->exchange);
  log_if_stalled(before);
  if (!pending) return true;
  start_task(std::move(pending), Phase::answer);
  return false;
}

/// Logs a warning if the application, which was called at `before`, has blocked the loop for too long.
void Http1Session::log_if_stalled(SteadyTime before) {
  loop().touch();
  const auto taken = loop().now() - before;
  if (settings().stall_threshold.count() != 0 && taken > settings().stall_threshold)
    log_stall(*settings().logger, turn_->exchange.request, taken);
}

bool Http1Session::answer() {
  if (turn_->body) end_body_stream();
  if (turn_->parts) return end_stream();
  if (!leave()) return false;
  const Request& request = turn_->exchange.request;
  Response& response = turn_->exchange.response;
  OutputBuffer& out = output();
  const auto written = loop().writer().append(out.bytes, response,
                                              {.to_head = request.method() == http::Method::head,
                                               .close = closing_ || loop().ends_connections(),
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

/// Passes the response through the `after` of all middleware. Returns false while it waits for something.
bool Http1Session::leave() {
  http::Exchange& exchange = turn_->exchange;
  if (std::exchange(turn_->has_left, true) || exchange.passage().empty()) return true;
  http::Pending pending = exchange.passage().leave(exchange, Passage::Faults::answered);
  if (!pending) return true;
  start_task(std::move(pending), Phase::answer);
  return false;
}

/// Called when the whole response is in the output.
bool Http1Session::finish_answer(bool is_last, bool flush_now) {
  OutputBuffer& out = output();
  last_active_ = loop().now();
  // The values that dependencies keep, such as a lock or a pooled session, must not be held until further requests have
  // been read; nor may these overwrite the request, which background work may read as well.
  const bool is_kept = turn_->exchange.is_read_after_answer();
  out.add(std::move(turn_));
  phase_ = is_last ? Phase::last_answer : Phase::head;
  if (is_last) return true;
  const bool batch_is_full = flush_now || is_kept || out.bytes.size() >= OutputBuffer::batch_bytes ||
                             out.answers >= OutputBuffer::batch_answers;
  return batch_is_full ? flush() : true;
}

bool Http1Session::refuse(int status, std::string_view why) {
  if (!turn_) {
    begin_request();
    turn_->exchange.request.assign(unreadable_head);
  }
  turn_->exchange.response.reset();
  turn_->has_left = false;
  count_refusal(*turn_);
  loop().state().service().refuse(turn_->exchange, status, why);
  // The end of this message is unknown or not waited for, so nothing after it may be read as a request.
  stop_reading();
  phase_due_ = Deadlines::never;
  phase_ = Phase::answer;
  return true;
}

/// Makes the current response the last one on the connection. Nothing that the peer sends until then is read.
void Http1Session::stop_reading() {
  closing_ = true;
  connection_.expect_input();
}

/// Counts a request as refused, once however often it is refused.
void Http1Session::count_refusal(Turn& turn) {
  if (!std::exchange(turn.is_refused, true)) loop().counters().refused.add(1);
}

OutputBuffer& Http1Session::output() {
  if (!output_) output_ = loop().borrow_output();
  return *output_;
}

}  // namespace serval::detail
