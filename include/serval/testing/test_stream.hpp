// SPDX-License-Identifier: MIT
// An answer that a test reads while its handler still runs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include <serval/http/server_sent_event.hpp>
#include <serval/schema/codec.hpp>
#include <serval/schema/json_hook.hpp>

namespace serval {

struct TestResponse;

namespace detail {
class TestStreamSession;
}

/// An answer that `TestClient::stream` asked for:
/// ```
/// auto ticks = client.stream("/ticks");
/// EXPECT_EQ(ticks.response().status, 200);
/// EXPECT_EQ(ticks.next_event()->data, "1");
/// ```
/// The handler runs while the test waits in one of these calls. The client goes with this object: the handler is then
/// cancelled, and waited for. Errors: `std::runtime_error` when nothing comes within `TestClientOptions::wait_timeout`.
/// Lifetime: the application must outlive it. Thread safety: that of its client.
class TestStream {
 public:
  explicit TestStream(std::shared_ptr<detail::TestStreamSession> session) noexcept;
  TestStream(TestStream&& other) noexcept;
  TestStream& operator=(TestStream&& other) noexcept;
  ~TestStream();

  /// Status and header fields; the body is empty, see `next`.
  [[nodiscard]] const TestResponse& response() const noexcept;
  /// What the handler wrote next, of an answer that is no stream its body; nothing at the end.
  [[nodiscard]] std::optional<std::string> next();
  /// The next line, without its end.
  [[nodiscard]] std::optional<std::string> next_line();
  /// The next event; a comment alone is one too. Lines that are no fields are skipped.
  [[nodiscard]] std::optional<ServerSentEvent> next_event();
  /// The value of the next line, as `JsonLines` sends them. Errors: DecodeError; `std::invalid_argument`: no JSON.
  template <class T = json>
  [[nodiscard]] std::optional<T> next_value() {
    const auto line = next_line();
    if (!line) return std::nullopt;
    if constexpr (std::is_same_v<T, json>) {
      return schema::parse_json(*line);
    } else {
      return decode_json<T>(*line);
    }
  }
  /// Whether the handler ended without an exception; waits for that.
  [[nodiscard]] bool is_whole();

 private:
  std::shared_ptr<detail::TestStreamSession> session_;
};

}  // namespace serval
