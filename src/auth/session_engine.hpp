// SPDX-License-Identifier: MIT
// Reads and saves sessions as JSON text, in sealed cookies or in a store.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include <serval/auth/session.hpp>
#include <serval/base/task.hpp>

#include "auth/session_record.hpp"
#include "auth/session_seal.hpp"

namespace serval::detail {

/// Thread safety: all of it.
class SessionEngine {
 public:
  /// Errors: SetupError for options out of range.
  SessionEngine(SessionOptions options, std::string empty);

  /// As those of `SessionsBase`.
  [[nodiscard]] http::Pending read(const Request& request, SessionFacts& facts) const;
  void discard(SessionFacts& facts) const;
  [[nodiscard]] http::Pending save(SessionFacts& facts, std::optional<std::string> value, Response& response) const;

 private:
  [[nodiscard]] std::chrono::seconds now() const;
  [[nodiscard]] bool is_valid(const SessionRecord& record) const;
  [[nodiscard]] bool is_half_idle(const SessionFacts& facts, std::chrono::seconds now) const;
  /// How long a session may still live; 0: no limit.
  [[nodiscard]] std::chrono::seconds rest_of(const SessionRecord& record) const;
  void take(SessionFacts& facts, std::optional<SessionRecord> record) const;

  [[nodiscard]] std::string store_key(const std::string& id) const;
  [[nodiscard]] Task<void> read_stored(std::string id, SessionFacts& facts) const;
  [[nodiscard]] Task<void> save_new(SessionFacts& facts, SessionRecord record, Response& response) const;
  [[nodiscard]] Task<void> save_again(SessionFacts& facts, SessionRecord record, Response& response) const;
  [[nodiscard]] Task<void> refresh(SessionFacts& facts, SessionRecord record, Response& response) const;
  [[nodiscard]] Task<void> erase(SessionFacts& facts) const;

  void set_cookie(Response& response, const std::string& value, const SessionRecord& record) const;
  void delete_cookie(Response& response) const;
  [[nodiscard]] http::CookieOptions attributes() const;

  SessionOptions options_;
  std::string empty_;
  std::optional<SessionSeal> seal_;  // nothing if there is a store
};

}  // namespace serval::detail
