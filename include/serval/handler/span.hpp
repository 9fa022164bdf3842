// SPDX-License-Identifier: MIT
// Spans: pieces of a request's work as a tracer sees them. Without a tracer they do nothing.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <serval/http/request.hpp>

namespace serval {

/// Where a span stands in a trace, as W3C Trace Context has it.
struct TraceContext {
  std::array<std::uint8_t, 16> trace_id{};  ///< never all 0
  std::array<std::uint8_t, 8> span_id{};    ///< never all 0
  bool is_sampled = false;                  ///< whether it is recorded

  /// 32 lower-case hex digits, for logs and `traceparent`.
  [[nodiscard]] std::string trace_id_text() const;
  /// 16 lower-case hex digits.
  [[nodiscard]] std::string span_id_text() const;
};

/// What a span is, as OpenTelemetry has it.
enum class SpanKind : std::uint8_t {
  internal,  ///< a piece of the program's own work
  server,    ///< a request that came in
  client,    ///< a call that goes out and waits for its answer
  producer,  ///< a message that goes out
  consumer,  ///< a message that came in
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
  /// Begins a span within this one, which it may outlive. A handler that runs on after its deadline may call it after
  /// `end`. Null where it is not wanted.
  [[nodiscard]] virtual std::unique_ptr<SpanRecorder> begin_child(std::string_view name, SpanKind kind) noexcept = 0;
  /// A fact about it. The texts are copied.
  virtual void set(std::string_view name, std::string_view value) noexcept = 0;
  /// It did not do what it was for. `type`: what the fault is called, "timeout"; `message` may be empty.
  virtual void fail(std::string_view type, std::string_view message) noexcept = 0;
  /// The span is over. Called once, by whoever began it: `Span` for its own spans, the tracer for that of a request. A
  /// recorder that is destroyed without it belongs to work that was abandoned.
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
/// A request that met its deadline has the same span in `finished`, also while its handler still runs.
struct CurrentSpan {
  std::shared_ptr<SpanRecorder> recorder{};  ///< null: the request is not traced

  /// That of a request; null where it is not traced. Lifetime: the request's.
  [[nodiscard]] static SpanRecorder* of(const Request& request) noexcept;
};

/// A span of one's own, from here to the end of the scope: `Span span(request, "price"); span.set("sku", sku);`. It
/// costs a look into the request where nobody traces. Lifetime: that of the request it belongs to, at most.
/// Thread safety: none.
class Span {
 public:
  /// One within the request's.
  Span(const Request& request, std::string_view name, SpanKind kind = SpanKind::internal)
      : Span(CurrentSpan::of(request), name, kind) {}
  /// One within another.
  Span(const Span& parent, std::string_view name, SpanKind kind = SpanKind::internal)
      : Span(parent.recorder_.get(), name, kind) {}
  ~Span() { end(); }
  Span(Span&&) noexcept = default;
  /// Ends the span that this one was.
  Span& operator=(Span&& other) noexcept {
    if (this == &other) return *this;
    end();
    recorder_ = std::move(other.recorder_);
    return *this;
  }

  /// Does nothing where it is not traced, as do the others.
  void set(std::string_view name, std::string_view value) noexcept {
    if (recorder_) recorder_->set(name, value);
  }
  void fail(std::string_view type, std::string_view message = {}) noexcept {
    if (recorder_) recorder_->fail(type, message);
  }
  /// Ends it before its scope does.
  void end() noexcept {
    if (!recorder_) return;
    recorder_->end();
    recorder_.reset();
  }
  /// To be passed on with a call that goes out. Null where it is not traced. Lifetime: the span's.
  [[nodiscard]] const TraceContext* context() const noexcept { return recorder_ ? &recorder_->context() : nullptr; }

 private:
  Span(SpanRecorder* parent, std::string_view name, SpanKind kind)
      : recorder_(parent != nullptr ? parent->begin_child(name, kind) : nullptr) {}

  std::unique_ptr<SpanRecorder> recorder_;  // null: not traced
};

}  // namespace serval
