// SPDX-License-Identifier: MIT
#include <serval/handler/span.hpp>

#include <cstddef>
#include <span>

namespace serval {

namespace {

std::string hex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += digits[static_cast<std::size_t>(byte >> 4)];
    text += digits[static_cast<std::size_t>(byte & 0x0F)];
  }
  return text;
}

}  // namespace

std::string TraceContext::trace_id_text() const { return hex(trace_id); }
std::string TraceContext::span_id_text() const { return hex(span_id); }

SpanRecorder* CurrentSpan::of(const Request& request) noexcept {
  const auto* current = request.find_state<CurrentSpan>();
  return current != nullptr ? current->recorder.get() : nullptr;
}

}  // namespace serval
