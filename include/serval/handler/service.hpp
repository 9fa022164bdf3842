// SPDX-License-Identifier: MIT
// The application as the connection sees it: the only interface that `net` and the test client call.
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

/// Work of a service between the head of a request and its body.
class BodyGate {
 public:
  /// Called between `admit` and `serve`, before any of the body is requested. If `exchange.body_refusal()` is set
  /// afterwards, the body must not be read: `serve` is called at once and answers with the reason, and the connection
  /// is closed after that response. Neither the call nor the task throws; only cancellation ends the task with an
  /// exception.
  /// Thread safety: several loops call it at once.
  virtual Pending open(Exchange& exchange) const noexcept = 0;

 protected:
  ~BodyGate() = default;
};

/// The decisions about a request after its head is complete and before its body is read.
struct Admission {
  /// True: the body is not needed (no such route, refused, content type is not a form): call `serve` at once with an
  /// empty body, and close the connection afterwards if the request has a body.
  bool skip_body = false;
  /// True: the body is not read before `serve`, which reads it through `Exchange::body_source`.
  bool streams_body = false;
  /// The largest body to accept, in bytes; 0 means no limit. Beyond it: 413.
  std::uint64_t max_body_bytes = 0;
  /// How long `gate` and `serve` may take together; 0: no limit. Then they are cancelled, and the response is 503.
  std::chrono::milliseconds handler_deadline{0};
  /// To be opened if the request has a body that is read before `serve`. Null: none. It outlives the exchange.
  const BodyGate* gate = nullptr;
};

/// A whole application. One object serves all connections of a server.
/// Thread safety: several loops make every call at once. The calls for one exchange follow each other: admit, (the
/// gate,) serve, (the response is written), finish; or `refuse` instead of the remaining ones of the first three.
class Service {
 public:
  virtual ~Service() = default;

  /// Called by the host before the first exchange: a last check of the set-up. Once for each server and test client.
  /// Errors: SetupError.
  virtual void prepare() const {}

  // The lifecycle of a service. A host, which is a server or a test client, calls `prepare`, `start`, `launch`, `stop`,
  // `drain` and `end` in this order, and always calls `end` if `start` has returned. If several hosts run a service at
  // once, it starts with the first and ends with the last. All of these functions are optional.

  /// Does the work before the port opens, and returns when it is done. Errors: its exceptions; the service has then
  /// undone what it had begun, and none of the other functions is called.
  virtual void start(const std::shared_ptr<Host>& /*host*/) const {}
  /// The first exchange may arrive. The service's own work begins on the host's loops.
  virtual void launch(const std::shared_ptr<Host>& /*host*/) const {}
  /// The host begins to stop: exchanges in flight and the service's own work continue. Work that still runs at
  /// `deadline` must be cancelled. Returns at once. A further call can only bring the deadline forward.
  virtual void stop(const Host& /*host*/, std::chrono::steady_clock::time_point /*deadline*/) const noexcept {}
  /// The service's own work must end: no exchange is left on the host, or it is late. Returns at once. A second call
  /// has no effect.
  virtual void drain(const Host& /*host*/) const noexcept {}
  /// No work of the service runs on the host any more, and no exchange is left.
  virtual void end(const Host& /*host*/) const noexcept {}
  /// Called instead of `end` if the host is destroyed while coroutines of the service still wait on an io_context that
  /// has stopped: the service forgets the host, and ends when it is destroyed.
  virtual void abandon(const Host& /*host*/) const noexcept {}

  /// The number of its calls that wait for a thread of a pool. Thread safety: any thread, at any time.
  [[nodiscard]] virtual std::size_t queued_calls() const noexcept { return 0; }

  /// Whether it logs every request itself. Then a server does not, whatever its options say. Called before the server
  /// starts.
  [[nodiscard]] virtual bool logs_requests() const noexcept { return false; }

  /// The longest time that a call, made by the previous call of this function, had to wait for a thread of a pool; if
  /// it still waits, the time so far. 0 if no call waits. Thread safety: any thread, at any time.
  [[nodiscard]] virtual std::chrono::nanoseconds pool_lag() const { return {}; }

  /// Examines the head of a request. Never throws.
  virtual Admission admit(Exchange& exchange) const noexcept = 0;
  /// Answers the request. `exchange.response` is complete when this returns nothing or when the returned task ends.
  /// Neither the call nor the task throws, since errors become responses; only cancellation ends the task with an
  /// exception.
  virtual Pending serve(Exchange& exchange) const noexcept = 0;
  /// Fills `exchange.response` for an error that the connection found (400, 408, 413, 414, 431, 503, ...), so that such
  /// responses have the format of the application's other errors.
  virtual void refuse(Exchange& exchange, int status, std::string_view detail) const noexcept = 0;
  /// Called after the response was written or abandoned: tells observers how it ended, does background work, then ends
  /// the request's kept values. Never throws. If it has to wait for one of them, it returns a task, which does not
  /// throw; the exchange, and the buffers that its request refers to, must live until the task has ended. A host
  /// cancels the task at the deadline of its stop, which ends background work and nothing else. Afterwards the host
  /// resets the exchange.
  [[nodiscard]] virtual Pending finish(Exchange& exchange, const Finished& how) const noexcept = 0;
};

}  // namespace serval::http
