// SPDX-License-Identifier: MIT
// The registered claims of a token (RFC 7519 section 4.1), and its scopes.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <serval/auth/jwt_options.hpp>

#include "auth/token_parser.hpp"

namespace serval::detail {

/// What a token grants besides its claims.
struct CheckedClaims {
  TokenRefusal refusal{};
  bool has_scopes = true;  ///< whether it has all required scopes
};

/// The largest time of a claim: the end of the year 9999.
inline constexpr std::int64_t max_claim_time = 253402300799;

/// Checks the claims of a token whose signature is valid.
[[nodiscard]] CheckedClaims check_claims(std::string_view payload, const JwtOptions& options,
                                         std::chrono::system_clock::time_point now,
                                         const std::vector<std::string>& required_scopes);

/// Whether a `typ` is the expected one: in any case, with or without "application/" (RFC 7515 section 4.1.9).
[[nodiscard]] bool is_type(std::string_view type, std::string_view expected);

}  // namespace serval::detail
