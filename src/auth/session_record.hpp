// SPDX-License-Identifier: MIT
// A session as bytes: in a store, and inside a sealed cookie.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace serval::detail {

struct SessionRecord {
  std::chrono::seconds issued;  // since 1970
  std::chrono::seconds seen;
  std::string json;
};

/// 8 bytes for each time, the highest first, and the JSON text.
[[nodiscard]] std::string to_bytes(const SessionRecord& record);
/// Nothing if it is too short, or a time is before 1970 or after 9999.
[[nodiscard]] std::optional<SessionRecord> read_session_record(std::string_view bytes);

}  // namespace serval::detail
