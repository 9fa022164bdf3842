// SPDX-License-Identifier: MIT
// A streamed response in a test: a queue holds the handler's writes until the test reads them.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/change.hpp"
#include "testing/test_body.hpp"
#include "testing/test_session.hpp"

namespace serval::detail {

/// Owned by the client's `TestStream`, and by the handler's task until that has ended.
class TestStreamSession final : public TestSession,
                                public std::enable_shared_from_this<TestStreamSession>,
                                private http::AnswerStream {
 public:
  TestStreamSession(const http::Service& service, std::shared_ptr<TestLoop> loop, TestMessage message,
                    std::chrono::milliseconds timeout);

  /// Lets the service answer or refuse, and waits for the head of the response.
  void open(const TestRefusal& refusal);
  /// Errors of the following: `std::runtime_error` if nothing arrives in time.
  [[nodiscard]] std::optional<std::string> next();
  [[nodiscard]] std::optional<std::string> next_line();
  [[nodiscard]] bool is_whole();
  /// Disconnects the client and waits until the handler has ended.
  void leave() noexcept;

 private:
  Task<void> write(http::Exchange& exchange, std::string_view bytes) override;
  void keep_alive(http::Exchange&, std::chrono::milliseconds, std::string_view) override {}
  void serve(const http::Admission& admission);
  void refuse_body();
  void on_done();
  void end();

  TestBodySource body_;
  bool has_begun_ = false;
  bool is_gone_ = false;  // the client has disconnected
  bool has_failed_ = false;
  std::deque<std::string> parts_;
  std::size_t queued_bytes_ = 0;
  std::uint64_t sent_bytes_ = 0;
  Change changed_;  // the test has read something, or disconnects
};

}  // namespace serval::detail
