// SPDX-License-Identifier: MIT
// The application as the connection sees it: the only thing that `net` and the test client call.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include <serval/handler/exchange.hpp>
#include <serval/handler/finished.hpp>
#include <serval/handler/host.hpp>
#include <serval/handler/pending.hpp>

namespace serval::http {

/// What a service does between the head of a request and its body.
class BodyGate {
 public:
  /// Called between `admit` and `serve`, before any of the body is asked for. Where `exchange.body_refusal()` is set
  /// afterwards, the body is not to be read: `serve` is called at once and answers why, and the connection ends with
  /// that answer. Never throws, nor does the task; only cancellation ends the task with an exception. Thread safety:
  /// several loops call it at once.
  virtual Pending open(Exchange& exchange) const noexcept = 0;

 protected:
  ~BodyGate() = default;
};

/// What is known once the head of a request is complete and before its body is read.
struct Admission {
  /// True: the body is not wanted (no such route, refused, no form by its type): call `serve` at once with an empty
  /// body and close the connection afterwards when the request announced one.
  bool skip_body = false;
  /// True: the body is not read before `serve`, which reads it through `Exchange::body_source`.
  bool streams_body = false;
  /// Bytes of body to accept; 0 means no limit. Beyond: 413.
  std::uint64_t max_body_bytes = 0;
  /// How long `gate` and `serve` may take together, 0 = no limit. Then: cancelled, 503.
  std::chrono::milliseconds handler_deadline{0};
  /// To be opened where the request has a body that is read before `serve`. Null: none. It outlives the exchange.
  const BodyGate* gate = nullptr;
};

/// A whole application. One object serves all connections of a server.
/// Thread safety: every call comes from several loops at once. The calls for one exchange follow each other:
/// admit, (the gate,) serve, (the answer is written), finish; or `refuse` in place of what is left of the first three.
class Service {
 public:
  virtual ~Service() = default;

  /// Called by whoever is going to serve, before the first exchange: a last look at what was set up. Once for each
  /// server and test client. Errors: SetupError.
  virtual void prepare() const {}

  // What a service does besides answering. A host, which is a server or a test client, calls `prepare`, `start`,
  // `launch`, `stop`, `drain` and `end` in this order, and `end` in any case where `start` has returned. A service that
  // several hosts carry at once starts with the first and ends with the last. None of it has to be there.

  /// Does what must be done before the port is open, and returns when it is done. Errors: whatever it throws; then the
  /// service has undone what it had begun, and neither of the others is called.
  virtual void start(const std::shared_ptr<Host>& /*host*/) const {}
  /// The first exchange may come. What the service does on its own begins on the host's loops.
  virtual void launch(const std::shared_ptr<Host>& /*host*/) const {}
  /// The host begins to stop: exchanges in flight go on, and what the service does on its own with them. What goes on
  /// at `deadline` is to be cancelled. Returns at once. A further call can only bring the deadline forward.
  virtual void stop(const Host& /*host*/, std::chrono::steady_clock::time_point /*deadline*/) const noexcept {}
  /// What the service does on its own is to end: no exchange is left on the host, or it is late. Returns at once. May
  /// be called again, to no effect.
  virtual void drain(const Host& /*host*/) const noexcept {}
  /// Nothing of the service runs on the host any more, and no exchange is left.
  virtual void end(const Host& /*host*/) const noexcept {}
  /// In place of `end` where the host goes while coroutines of the service are still waiting on an io_context that has
  /// stopped: the service forgets the host, and ends by itself when it is destroyed.
  virtual void abandon(const Host& /*host*/) const noexcept {}

  /// How many of its calls wait for a thread of a pool. Thread safety: any thread, at any time.
  [[nodiscard]] virtual std::size_t queued_calls() const noexcept { return 0; }

  /// Looks at the head. Never throws.
  virtual Admission admit(Exchange& exchange) const noexcept = 0;
  /// Answers. `exchange.response` is complete when this returns nothing or when the returned task ends. Never throws,
  /// nor does the task: faults have become answers; only cancellation ends the task with an exception.
  virtual Pending serve(Exchange& exchange) const noexcept = 0;
  /// Fills `exchange.response` for a fault that the connection found (400, 408, 413, 414, 431, 503, ...), so that such
  /// answers have the form of the application's other errors.
  virtual void refuse(Exchange& exchange, int status, std::string_view detail) const noexcept = 0;
  /// After the answer was written or given up: observers are told how it ended, background work is done, then the
  /// request's kept values end. Never throws. Where one of them has to be waited for there is a task, which does not
  /// throw and is not to be cancelled; the exchange, and what its request views, live until it has ended.
  [[nodiscard]] virtual Pending finish(Exchange& exchange, const Finished& how) const noexcept = 0;
};

}  // namespace serval::http
