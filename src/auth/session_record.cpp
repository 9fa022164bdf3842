// SPDX-License-Identifier: MIT
#include "auth/session_record.hpp"

#include <cstddef>
#include <cstdint>

namespace serval::detail {

namespace {

constexpr std::size_t time_bytes = 8;
constexpr std::uint64_t end_of_9999 = 253'402'300'799;

void append_time(std::string& out, std::chrono::seconds time) {
  const auto count = static_cast<std::uint64_t>(time.count());
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(count >> shift & 0xFFU);
}

std::uint64_t read_time(std::string_view bytes) {
  std::uint64_t count = 0;
  for (const char byte : bytes.substr(0, time_bytes)) count = count << 8U | static_cast<unsigned char>(byte);
  return count;
}

}  // namespace

std::string to_bytes(const SessionRecord& record) {
  std::string bytes;
  bytes.reserve(2 * time_bytes + record.json.size());
  append_time(bytes, record.issued);
  append_time(bytes, record.seen);
  bytes += record.json;
  return bytes;
}

std::optional<SessionRecord> read_session_record(std::string_view bytes) {
  if (bytes.size() < 2 * time_bytes) return std::nullopt;
  const std::uint64_t issued = read_time(bytes);
  const std::uint64_t seen = read_time(bytes.substr(time_bytes));
  if (issued > end_of_9999 || seen > end_of_9999) return std::nullopt;
  return SessionRecord{.issued = std::chrono::seconds(issued),
                       .seen = std::chrono::seconds(seen),
                       .json = std::string(bytes.substr(2 * time_bytes))};
}

}  // namespace serval::detail
