// SPDX-License-Identifier: MIT
// Spans: parts of a request's work for a tracer. Without a tracer they do nothing.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <serval/http/request.hpp>

namespace serval {

/// The position of a span in a trace, as in W3C Trace Context.
struct TraceContext {
  std::array<std::uint8_t, 16> trace_id{};  ///< never all 0
  std::array<std::uint8_t, 8> span_id{};    ///< never all 0
  bool is_sampled = false;                  ///< whether it is recorded

  /// 32 lower-case hex digits, for logs and `traceparent`.
  [[nodiscard]] std::string trace_id_text() const;
  /// 16 lower-case hex digits.
  [[nodiscard]] std::string span_id_text() const;
};

/// The kind of a span, as in OpenTelemetry.
enum class SpanKind : std::uint8_t {
  internal,  ///< a part of the program's own work
  server,    ///< an incoming request
  client,    ///< an outgoing call that waits for its response
  producer,  ///< an outgoing message
  consumer,  ///< an incoming message
};

/// A span that a tracer records; the tracer derives from it.
/// Thread safety: `context` and `begin_child` may be called from any thread, at the same time as any other function;
/// the others are called one after another.
class SpanRecorder {
 public:
  SpanRecorder() = default;
  SpanRecorder(const SpanRecorder&) = delete;
  SpanRecorder& operator=(const SpanRecorder&) = delete;
  virtual ~SpanRecorder() = default;

  [[nodiscard]] virtual const TraceContext& context() const noexcept = 0;
  /// Begins a child span of this one, which it may outlive. A handler that continues after its deadline may call it
  /// after `end`. Null if the child is not wanted.
  [[nodiscard]] virtual std::unique_ptr<SpanRecorder> begin_child(std::string_view name, SpanKind kind) noexcept = 0;
  /// Sets an attribute of the span. The texts are copied.
  virtual void set(std::string_view name, std::string_view value) noexcept = 0;
  /// Marks the span as failed. `type` is the name of the error, "timeout"; `message` may be empty.
  virtual void fail(std::string_view type, std::string_view message) noexcept = 0;
  /// Ends the span. Called once, by the code that began it: `Span` for its own spans, the tracer for the span of a
  /// request. A recorder that is destroyed without this call belongs to abandoned work.
  virtual void end() noexcept = 0;
};

/// The span that a request's work belongs to. The middleware of a tracer puts it into the request in `before`, and ends
/// it in `finished`:
/// ```
/// void before(Request& request) { request.state<CurrentSpan>().recorder = begin(request); }
/// void finished(const Request& request, const Finished& finished) {
///   if (SpanRecorder* span = CurrentSpan::of(request)) span->end();
/// }
/// ```
/// A request that exceeded its deadline has the same span in `finished`, even while its handler still runs.
struct CurrentSpan {
  std::shared_ptr<SpanRecorder> recorder{};  ///< null: the request is not traced

  /// The span of a request; null if it is not traced. Lifetime: the request's.
  [[nodiscard]] static SpanRecorder* of(const Request& request) noexcept;
};

/// A span from its declaration to the end of the scope: `Span span(request, "price"); span.set("sku", sku);`. Without a
/// tracer it costs a look-up in the request. Lifetime: it must not outlive its request.
/// Thread safety: none.
class Span {
 public:
  /// A child of the request's span.
  Span(const Request& request, std::string_view name, SpanKind kind = SpanKind::internal)
      : Span(CurrentSpan::of(request), name, kind) {}
  /// A child of another span.
  Span(const Span& parent, std::string_view name, SpanKind kind = SpanKind::internal)
      : Span(parent.recorder_.get(), name, kind) {}
  ~Span() { end(); }
  Span(Span&&) noexcept = default;
  /// Ends the current span first.
  Span& operator=(Span&& other) noexcept {
    if (this == &other) return *this;
    end();
    recorder_ = std::move(other.recorder_);
    return *this;
  }

  /// Does nothing if it is not traced, like the other functions.
  void set(std::string_view name, std::string_view value) noexcept {
    if (recorder_) recorder_->set(name, value);
  }
  void fail(std::string_view type, std::string_view message = {}) noexcept {
    if (recorder_) recorder_->fail(type, message);
  }
  /// Ends the span before the end of its scope.
  void end() noexcept {
    if (!recorder_) return;
    recorder_->end();
    recorder_.reset();
  }
  /// The context to pass on with an outgoing call. Null if it is not traced. Lifetime: the span's.
  [[nodiscard]] const TraceContext* context() const noexcept { return recorder_ ? &recorder_->context() : nullptr; }

 private:
  Span(SpanRecorder* parent, std::string_view name, SpanKind kind)
      : recorder_(parent != nullptr ? parent->begin_child(name, kind) : nullptr) {}

  std::unique_ptr<SpanRecorder> recorder_;  // null: not traced
};

}  // namespace serval
