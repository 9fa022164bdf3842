// SPDX-License-Identifier: MIT
// The part of `Jwt` that knows nothing of the type of the claims.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/auth/jwt_options.hpp>
#include <serval/base/task.hpp>
#include <serval/handler/pool.hpp>

#include "auth/key_set.hpp"
#include "auth/token_parser.hpp"

namespace serval::detail {

/// Thread safety: all functions.
class JwtEngine {
 public:
  /// Errors: SetupError, see `Jwt`.
  explicit JwtEngine(JwtOptions options);

  /// A token that was taken apart, and the key that must verify it.
  struct Candidate {
    ParsedToken token;
    JwtAlgorithm algorithm{};
    const JwtKey* key = nullptr;
  };
  /// Finds the key. The first half of a verification.
  [[nodiscard]] TokenRefusal open(std::string_view token, Candidate& out) const;
  /// Checks the signature, the part that may take long.
  [[nodiscard]] static bool has_valid_signature(const Candidate& candidate) {
    return candidate.key->verify(candidate.algorithm, candidate.token.signing_input, candidate.token.signature);
  }
  /// Checks the claims, the second half. Errors: InvalidToken; HttpError if a scope is missing.
  void check(const Candidate& candidate, const std::vector<std::string>& required_scopes) const;
  [[noreturn]] void refuse(std::string reason) const;

  /// The header and the payload of a new token. Errors: std::logic_error, see `Jwt::issue`.
  [[nodiscard]] std::string unsigned_token(std::string_view claims, const JwtIssueOptions& options) const;
  /// Adds the signature.
  [[nodiscard]] std::string signed_token(std::string_view token) const;
  /// The same, on the pool if that takes long.
  [[nodiscard]] Task<std::string> sign(std::string token) const;

  /// Whether verifying or signing by this algorithm would block an event loop for too long.
  [[nodiscard]] static bool verifies_slowly(JwtAlgorithm algorithm) noexcept;
  [[nodiscard]] Pool& pool() const noexcept { return pool_; }

 private:
  [[nodiscard]] bool signs_slowly() const noexcept;
  [[nodiscard]] std::chrono::system_clock::time_point now() const;

  JwtOptions options_;
  KeySet keys_;
  mutable Pool pool_;  // its threads start when they are first needed
};

}  // namespace serval::detail
