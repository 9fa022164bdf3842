// SPDX-License-Identifier: MIT
#include <serval/handler/span.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace serval::span_test {

using ::testing::ElementsAre;

/// Records what happens to spans. "gone": the span was destroyed before its end.
class Recorder final : public SpanRecorder {
 public:
  Recorder(std::string name, std::vector<std::string>& log, std::uint8_t id) : name_(std::move(name)), log_(log) {
    context_.trace_id[0] = 0xA1;
    context_.span_id[7] = id;
    log_.push_back("begin " + name_);
  }
  ~Recorder() override {
    if (!has_ended_) log_.push_back("gone " + name_);
  }
  [[nodiscard]] const TraceContext& context() const noexcept override { return context_; }
  [[nodiscard]] std::unique_ptr<SpanRecorder> begin_child(std::string_view name, SpanKind kind) noexcept override {
    const std::string text = name_ + "/" + std::string(name) + (kind == SpanKind::client ? " (client)" : "");
    return std::make_unique<Recorder>(text, log_, static_cast<std::uint8_t>(context_.span_id[7] + 1));
  }
  void set(std::string_view name, std::string_view value) noexcept override {
    log_.push_back(name_ + ": " + std::string(name) + "=" + std::string(value));
  }
  void fail(std::string_view type, std::string_view) noexcept override {
    log_.push_back(name_ + " failed: " + std::string(type));
  }
  void end() noexcept override {
    log_.push_back((has_ended_ ? "end again " : "end ") + name_);
    has_ended_ = true;
  }

 private:
  std::string name_;
  std::vector<std::string>& log_;
  TraceContext context_;
  bool has_ended_ = false;
};

/// A request that a tracer has seen.
struct Traced {
  std::vector<std::string> log;
  Request request;
  Traced() { request.state<CurrentSpan>().recorder = std::make_shared<Recorder>("request", log, std::uint8_t{1}); }
};

TEST(Span, DoesNothingWhereNobodyTraces) {
  const Request request;
  Span span(request, "price");
  span.set("sku", "a");
  span.fail("timeout");
  EXPECT_EQ(span.context(), nullptr);
  const Span child(span, "call");
  EXPECT_EQ(child.context(), nullptr);
  EXPECT_EQ(CurrentSpan::of(request), nullptr);
}

TEST(Span, LastsAsLongAsItsScope) {
  Traced traced;
  {
    Span span(traced.request, "price");
    span.set("sku", "a");
    span.fail("timeout");
  }
  EXPECT_THAT(traced.log, ElementsAre("begin request", "begin request/price", "request/price: sku=a",
                                      "request/price failed: timeout", "end request/price"));
}

TEST(Span, MayStandWithinAnother) {
  Traced traced;
  {
    const Span span(traced.request, "price");
    const Span call(span, "GET", SpanKind::client);
    EXPECT_EQ(call.context()->span_id_text(), "0000000000000003");
    EXPECT_EQ(call.context()->trace_id_text(), "a1000000000000000000000000000000");
  }
  EXPECT_THAT(traced.log, ElementsAre("begin request", "begin request/price", "begin request/price/GET (client)",
                                      "end request/price/GET (client)", "end request/price"));
}

TEST(Span, MayEndBeforeItsScope) {
  Traced traced;
  Span span(traced.request, "price");
  span.end();
  span.end();
  EXPECT_THAT(traced.log, ElementsAre("begin request", "begin request/price", "end request/price"));
  EXPECT_EQ(span.context(), nullptr);
}

TEST(Span, EndsOnceWhereItIsMoved) {
  Traced traced;
  {
    Span span(traced.request, "a");
    Span other(traced.request, "b");
    span = std::move(other);
    EXPECT_EQ(traced.log.back(), "end request/a");
    const Span last = std::move(span);
  }
  EXPECT_THAT(traced.log,
              ElementsAre("begin request", "begin request/a", "begin request/b", "end request/a", "end request/b"));
}

TEST(CurrentSpan, IsFoundInTheRequest) {
  Traced traced;
  ASSERT_NE(CurrentSpan::of(traced.request), nullptr);
  EXPECT_EQ(CurrentSpan::of(traced.request)->context().span_id_text(), "0000000000000001");
  CurrentSpan::of(traced.request)->end();
  traced.request.reset();
  EXPECT_EQ(traced.log.back(), "end request");
}

}  // namespace serval::span_test
