// SPDX-License-Identifier: MIT
#include "testing/test_stream_session.hpp"

#include <algorithm>
#include <utility>

#include <serval/http/status.hpp>

#include "handler/passage.hpp"
#include "testing/test_answer.hpp"

namespace serval::detail {

namespace asio = boost::asio;

namespace {
/// How far a handler may be ahead of the test.
constexpr std::size_t max_queued_bytes = 64 * 1024;
}  // namespace

TestStreamSession::TestStreamSession(const http::Service& service, std::shared_ptr<TestLoop> loop, TestMessage message,
                                     std::chrono::milliseconds timeout)
    : TestSession(service, std::move(loop), std::move(message), timeout),
      body_(message_.body, message_.chunks),
      changed_(loop_->context().get_executor()) {}

void TestStreamSession::open(const TestRefusal& refusal) {
  exchange_.stream = this;
  const http::Admission admission = refusal.status == 0 ? service_.admit(exchange_) : http::Admission{};
  if (refusal.status != 0) {
    service_.refuse(exchange_, refusal.status, refusal.why);
    on_done();
  } else if (!body_.fits(admission)) {
    refuse_body();
  } else {
    const http::BodyGate* const gate = body_.gate(admission);
    http::Pending pending = gate != nullptr ? gate->open(exchange_) : http::Pending();
    if (pending)
      task_.start(*loop_, std::move(pending), [self = shared_from_this(), admission] { self->serve(admission); });
    else
      serve(admission);
  }
  wait_until([this] { return has_begun_ || !task_.is_running(); });
}

/// Called after the steps before the body.
void TestStreamSession::serve(const http::Admission& admission) {
  if (!body_.open(exchange_, admission)) return refuse_body();
  if (http::Pending pending = service_.serve(exchange_))
    return task_.start(*loop_, std::move(pending), [self = shared_from_this()] { self->on_done(); });
  on_done();
}

void TestStreamSession::refuse_body() {
  service_.refuse(exchange_, status::content_too_large, "Request body too large");
  on_done();
}

/// Errors: `boost::system::system_error` after the client has disconnected.
Task<void> TestStreamSession::write(http::Exchange& exchange, std::string_view bytes) {
  if (is_gone_) throw boost::system::system_error(asio::error::operation_aborted);
  if (!std::exchange(has_begun_, true))
    response_ = to_test_response(Response(exchange.response), message_.url, TestBodyOf::parts);
  if (exchange.request.method() == http::Method::head || !http::status_has_body(response_.status)) throw StreamEnded();
  if (!bytes.empty()) parts_.emplace_back(bytes);
  queued_bytes_ += bytes.size();
  sent_bytes_ += bytes.size();
  while (queued_bytes_ >= max_queued_bytes) {
    co_await changed_.wait();
    if (is_gone_) throw boost::system::system_error(asio::error::operation_aborted);
  }
}

/// The response is complete; if it is not streamed, it passes the `after` of all middleware.
void TestStreamSession::on_done() {
  if (!has_begun_) {
    if (http::Pending pending = exchange_.passage().leave(exchange_, Passage::Faults::answered))
      return task_.start(*loop_, std::move(pending), [self = shared_from_this()] { self->end(); });
  }
  end();
}

void TestStreamSession::end() {
  has_failed_ = exchange_.streaming == http::Exchange::Streaming::failed;
  if (!std::exchange(has_begun_, true)) {
    const bool is_to_head = exchange_.request.method() == http::Method::head;
    response_ = to_test_response(std::move(exchange_.response), message_.url,
                                 is_to_head ? TestBodyOf::head : TestBodyOf::answer);
    sent_bytes_ = response_.body.size();
    if (!response_.body.empty()) parts_.push_back(std::exchange(response_.body, {}));
  }
  finish(sent_bytes_,
         is_gone_      ? http::Ending::client_gone
         : has_failed_ ? http::Ending::failed
                       : http::Ending::complete,
         shared_from_this());
}

std::optional<std::string> TestStreamSession::next() {
  wait_until([this] { return !parts_.empty() || !task_.is_running(); });
  if (parts_.empty()) return std::nullopt;
  std::string part = std::move(parts_.front());
  parts_.pop_front();
  queued_bytes_ -= std::min(queued_bytes_, part.size());
  changed_.tell();
  return part;
}

std::optional<std::string> TestStreamSession::next_line() {
  std::string line;
  bool is_there = false;
  while (std::optional<std::string> part = next()) {
    is_there = true;
    const std::size_t end = part->find('\n');
    line += part->substr(0, end);
    if (end == std::string::npos) continue;
    if (std::string rest = part->substr(end + 1); !rest.empty()) {
      queued_bytes_ += rest.size();
      parts_.push_front(std::move(rest));
    }
    break;
  }
  if (!is_there) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

bool TestStreamSession::is_whole() {
  wait_until([this] {
    parts_.clear();
    queued_bytes_ = 0;
    changed_.tell();
    return !task_.is_running();
  });
  return !has_failed_;
}

void TestStreamSession::leave() noexcept {
  try {
    if (task_.is_running()) {
      exchange_.given_up = Outcome::What::client_gone;
      task_.cancel(*loop_);
    }
    is_gone_ = true;  // after the cancellation, or its next write would fail for another reason
    changed_.tell();
  } catch (...) {
    // Out of memory: the handler ends at its next write.
  }
  task_.end(*loop_, timeout_);
}

}  // namespace serval::detail
