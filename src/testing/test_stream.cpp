// SPDX-License-Identifier: MIT
#include <serval/testing/test_stream.hpp>

#include <charconv>
#include <utility>

#include "testing/test_stream_session.hpp"

namespace serval {

namespace {

/// One line of an event (HTML, section "Interpreting an event stream").
void take_line(ServerSentEvent& event, std::string_view line) {
  const std::size_t colon = line.find(':');
  const std::string_view name = line.substr(0, colon);
  std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (name == "data") {
    event.data = event.data ? *event.data + "\n" + std::string(value) : std::string(value);
  } else if (name == "event") {
    event.event = value;
  } else if (name == "id") {
    event.id = value;
  } else if (name.empty() && colon == 0) {
    event.comment += (event.comment.empty() ? "" : "\n") + std::string(value);
  } else if (name == "retry") {
    std::chrono::milliseconds::rep count = 0;
    if (std::from_chars(value.data(), value.data() + value.size(), count).ec == std::errc())
      event.retry = std::chrono::milliseconds(count);
  }
}

}  // namespace

TestStream::TestStream(std::shared_ptr<detail::TestStreamSession> session) noexcept : session_(std::move(session)) {}
TestStream::TestStream(TestStream&& other) noexcept = default;

TestStream& TestStream::operator=(TestStream&& other) noexcept {
  if (this != &other) {
    if (session_) session_->leave();
    session_ = std::move(other.session_);
  }
  return *this;
}

TestStream::~TestStream() {
  if (session_) session_->leave();
}

const TestResponse& TestStream::response() const noexcept { return session_->response(); }
std::optional<std::string> TestStream::next() { return session_->next(); }
std::optional<std::string> TestStream::next_line() { return session_->next_line(); }
bool TestStream::is_whole() { return session_->is_whole(); }

std::optional<ServerSentEvent> TestStream::next_event() {
  ServerSentEvent event;
  bool has_lines = false;
  while (const auto line = next_line()) {
    if (line->empty() && has_lines) return event;
    if (line->empty()) continue;
    has_lines = true;
    take_line(event, *line);
  }
  return std::nullopt;  // an event must end with an empty line
}

}  // namespace serval
