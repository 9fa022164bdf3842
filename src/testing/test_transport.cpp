// SPDX-License-Identifier: MIT
#include "testing/test_transport.hpp"

#include <chrono>
#include <utility>

#include <serval/http/status.hpp>
#include <serval/http/target.hpp>

#include "base/event_loops.hpp"
#include "handler/passage.hpp"
#include "http/grammar.hpp"
#include "testing/test_answer.hpp"
#include "testing/test_host.hpp"
#include "testing/test_loop.hpp"
#include "testing/test_stream_session.hpp"
#include "testing/test_web_socket_session.hpp"

namespace serval::detail {

/// Collects what a handler sends while it runs.
class TestAnswerParts final : public http::AnswerStream {
 public:
  explicit TestAnswerParts(std::size_t stop_after) : stop_after_(stop_after) {}

  Task<void> write(http::Exchange& exchange, std::string_view bytes) override {
    if (!has_begun_) head_ = exchange.response;
    has_begun_ = true;
    if (exchange.request.method() == http::Method::head || !http::status_has_body(head_.status())) throw StreamEnded();
    bytes_ += bytes;
    if (stop_after_ != 0 && bytes_.size() >= stop_after_) throw StreamEnded();
    co_return;
  }
  void keep_alive(http::Exchange&, std::chrono::milliseconds, std::string_view) override {}

  [[nodiscard]] bool has_begun() const noexcept { return has_begun_; }
  [[nodiscard]] Response take_head() { return std::move(head_); }
  [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }

 private:
  std::size_t stop_after_;
  bool has_begun_ = false;
  Response head_;
  std::string bytes_;
};

namespace {

/// The requests that a connection would refuse before it calls the service, with its texts.
TestRefusal check_head(const TestMessage& message, const http::Limits& limits, http::RequestHead& head) {
  if (!is_token(message.method)) return {400, "Malformed method"};
  if (limits.max_target_bytes != 0 && message.url.target.size() > limits.max_target_bytes) {
    return {414, "Request target too long"};
  }
  if (limits.max_header_fields != 0 && message.headers.size() > limits.max_header_fields) {
    return {431, "Too many header fields"};
  }
  if (message.headers.get_all("content-type").size() > 1) return {400, "More than one Content-Type"};
  const auto parts = http::Target::parse(message.url.target);
  if (!parts || (parts->form == http::Target::Form::asterisk && head.method != http::Method::options)) {
    return {400, "Malformed request target"};
  }
  if (parts->form == http::Target::Form::authority || head.method == http::Method::connect) {
    return {400, "Tunnels are not supported"};
  }
  head.parts = *parts;
  return {};
}

}  // namespace

TestTransport::TestTransport(const http::Service& service, const TestClientOptions& options)
    : service_(service),
      options_(options),
      loop_(std::make_shared<TestLoop>()),
      host_(std::make_shared<TestHost>(*loop_)) {}

TestTransport::~TestTransport() {
  // Sessions share the loop, and their handlers may continue.
  host_->stop(options_.wait_timeout, loop_.use_count() == 1 ? TestHost::Streams::none : TestHost::Streams::open);
}

void TestTransport::start() {
  service_.prepare();
  host_->start(service_);
}

/// The steps of a connection before it calls the service. Returns a refusal if it would refuse the request.
TestRefusal TestTransport::begin(http::Exchange& exchange, const TestMessage& message) const {
  http::RequestHead head;
  head.method = http::parse_method(message.method);
  head.method_text = message.method;
  head.target = message.url.target;
  const TestRefusal refusal = check_head(message, options_.limits, head);
  exchange.limits = &options_.limits;
  exchange.stopping = &host_->stopping();
  Request& request = exchange.request;
  request.assign(head);
  request.set_client(options_.client);
  request.set_scheme(message.url.scheme);
  request.set_max_query_params(options_.limits.max_query_params);
  request.set_limits(options_.limits);
  for (const auto& [name, value] : message.headers) request.mutable_headers().add(name, value);
  return refusal;
}

TestResponse TestTransport::send(const TestMessage& message) {
  const EventLoopScope scope;
  const auto started = std::chrono::steady_clock::now();
  http::Exchange exchange;
  TestAnswerParts parts(message.stop_stream_after);
  TestBodySource body(message.body, message.chunks);
  http::Ending ending = http::Ending::complete;
  exchange.stream = &parts;
  if (const TestRefusal refusal = begin(exchange, message); refusal.status != 0) {
    service_.refuse(exchange, refusal.status, refusal.why);
  } else {
    ending = answer(exchange, body, parts);
  }
  if (!parts.has_begun()) leave(exchange);
  // The client gets the response before the service continues with the work after it.
  const bool is_to_head = exchange.request.method() == http::Method::head;
  TestResponse seen = parts.has_begun() ? to_test_response(parts.take_head(), message.url, TestBodyOf::parts)
                                        : to_test_response(std::move(exchange.response), message.url,
                                                           is_to_head ? TestBodyOf::head : TestBodyOf::answer);
  if (parts.has_begun()) seen.body = parts.bytes();
  seen.is_whole = exchange.streaming != http::Exchange::Streaming::failed;
  if (!seen.is_whole) ending = http::Ending::failed;
  const Finished how{.status = seen.status,
                     .bytes = seen.body.size(),
                     .duration = std::chrono::steady_clock::now() - started,
                     .route = exchange.request.route(),
                     .ending = ending};
  if (http::Pending pending = service_.finish(exchange, how)) loop_->run(pending.take());
  return seen;
}

/// The response passes the `after` of all middleware.
void TestTransport::leave(http::Exchange& exchange) {
  http::Pending pending = exchange.passage().leave(exchange, Passage::Faults::answered);
  if (!pending) return;
  if (loop_->run(pending.take()) == TestLoop::End::fault)
    service_.refuse(exchange, status::internal_server_error, "Internal Server Error");
}

std::shared_ptr<TestStreamSession> TestTransport::open(TestMessage message) {
  const EventLoopScope scope;
  auto session = std::make_shared<TestStreamSession>(service_, loop_, std::move(message), options_.wait_timeout);
  const TestRefusal refusal = begin(session->exchange(), session->message());
  session->keep_stopping();
  session->open(refusal);
  return session;
}

std::shared_ptr<TestWebSocketSession> TestTransport::connect(TestMessage message) {
  const EventLoopScope scope;
  auto session = std::make_shared<TestWebSocketSession>(service_, loop_, std::move(message), options_.wait_timeout);
  const TestRefusal refusal = begin(session->exchange(), session->message());
  session->keep_stopping();
  session->open(refusal);
  return session;
}

http::Ending TestTransport::answer(http::Exchange& exchange, TestBodySource& body, const TestAnswerParts& parts) {
  const http::Admission admission = service_.admit(exchange);
  const auto limit = admission.handler_deadline.count() != 0 ? admission.handler_deadline : options_.handler_timeout;
  const auto await = [&](http::Pending pending) {
    const TestLoop::End end = loop_->run(
        pending.take(), limit, [&] { return parts.has_begun(); }, [&] { exchange.given_up = Outcome::What::deadline; });
    if (end == TestLoop::End::fault)
      service_.refuse(exchange, status::internal_server_error, "Internal Server Error");
    else if (end == TestLoop::End::late)
      service_.refuse(exchange, status::service_unavailable, "The handler took too long");
    return end;
  };
  const bool fits = body.fits(admission);
  if (const http::BodyGate* const gate = fits ? body.gate(admission) : nullptr) {
    if (http::Pending pending = gate->open(exchange)) {
      const TestLoop::End end = await(std::move(pending));
      if (end != TestLoop::End::normal)
        return end == TestLoop::End::late ? http::Ending::deadline : http::Ending::complete;
    }
  }
  if (!fits || !body.open(exchange, admission)) {
    service_.refuse(exchange, status::content_too_large, "Request body too large");
    return http::Ending::complete;
  }
  http::Pending pending = service_.serve(exchange);
  return pending && await(std::move(pending)) == TestLoop::End::late ? http::Ending::deadline : http::Ending::complete;
}

}  // namespace serval::detail
