// SPDX-License-Identifier: MIT
// A response that a test reads while its handler still runs.
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

/// A response that `TestClient::stream` requested:
/// ```
/// auto ticks = client.stream("/ticks");
/// EXPECT_EQ(ticks.response().status, 200);
/// EXPECT_EQ(ticks.next_event()->data, "1");
/// ```
/// The handler runs while the test waits in one of these calls. Destroying this object disconnects the client: the
/// handler is cancelled, and the destructor waits for it. Errors: `std::runtime_error` if nothing arrives within
/// `TestClientOptions::wait_timeout`.
/// Lifetime: the application must outlive it. Thread safety: that of its client.
class TestStream {
 public:
  explicit TestStream(std::shared_ptr<detail::TestStreamSession> session) noexcept;
  TestStream(TestStream&& other) noexcept;
  TestStream& operator=(TestStream&& other) noexcept;
  ~TestStream();

  /// Status and header fields; the body is empty, see `next`.
  [[nodiscard]] const TestResponse& response() const noexcept;
  /// The next part that the handler wrote, or the body of a response that is not a stream; nothing at the end.
  [[nodiscard]] std::optional<std::string> next();
  /// The next line, without its end.
  [[nodiscard]] std::optional<std::string> next_line();
  /// The next event; a comment alone is also an event. Lines that are not fields are skipped.
  [[nodiscard]] std::optional<ServerSentEvent> next_event();
  /// The value of the next line, as `JsonLines` sends them. Errors: DecodeError; `std::invalid_argument` if it is not
  /// JSON.
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
