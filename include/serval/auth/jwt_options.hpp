// SPDX-License-Identifier: MIT
// The options of `Jwt`.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <serval/auth/jwt_algorithm.hpp>
#include <serval/auth/secret_key.hpp>

namespace spdlog {
class logger;
}

namespace serval {

/// The options of `Jwt`. Exactly one of `secret`, `public_key_pem`, `private_key_pem`, `jwks` and `jwks_file` is
/// given, and `algorithms`.
struct JwtOptions {
  /// The secret of `hs256`, `hs384` and `hs512`, at least as long as the hash: 32, 48 or 64 bytes. A text of a public
  /// or private key is refused, since others know the public key.
  SecretKey secret{};
  /// A public key or a certificate as PEM, to verify tokens. RSA keys have at least 2048 bits.
  std::string public_key_pem{};
  /// A private key as PEM without a password, to issue and verify tokens.
  SecretKey private_key_pem{};
  /// Public keys as a JSON Web Key Set (RFC 7517): 1 to 100 keys, at most 256 KiB. Keys for other uses and of other
  /// kinds are skipped.
  std::string jwks{};
  /// A file with such a set, which is read once.
  std::filesystem::path jwks_file{};
  /// The id of the one key: it stands as `kid` in tokens that are issued, and a token that has another `kid` is
  /// refused. Default: none, and a token's `kid` does not matter. A set has ids of its own.
  std::string key_id{};
  /// The algorithms that tokens may use; the first one signs. Required.
  std::vector<JwtAlgorithm> algorithms{};
  /// The only accepted `iss`, which also stands in tokens that are issued. Default: any, and none.
  std::string issuer{};
  /// The names of this service: a token must have one of them in `aud`. Tokens that are issued have all of them.
  /// Default: none, and a token for an audience is refused (RFC 7519 section 4.1.3).
  std::vector<std::string> audience{};
  /// The `typ` that tokens must have: "at+jwt" (RFC 9068). Default: any, and "JWT" in tokens that are issued.
  std::string type{};
  /// The claims that a token must have besides `exp`, with a value that is not null. Default: none.
  std::vector<std::string> require{};
  /// Also accepts tokens without `exp`, which are valid for ever. Default: they are refused.
  bool accepts_without_expiry = false;
  /// How far the clocks of issuer and server may differ, for `exp`, `nbf` and `iat`. Default 10 s; 0: not at all.
  std::chrono::seconds leeway{10};
  /// The length of the longest token that is read. Default 8 KiB; 0 refuses all.
  std::size_t max_token_bytes = 8 * 1024;
  /// The claim with the scopes of the token: a text with spaces between them (RFC 8693 section 4.2), or a list.
  std::string scope_claim = "scope";
  /// The status if a token lacks a scope: 403 (RFC 6750 section 3.1), or 401 as in FastAPI's tutorial.
  int scope_status = 403;
  /// Logs the reason for each token that is refused, at level "info". Default: not logged.
  std::shared_ptr<spdlog::logger> logger{};
  /// The time. Default: the system's. A test sets it to a fixed time.
  std::function<std::chrono::system_clock::time_point()> clock{};
};

/// The options of `Jwt::issue`.
struct JwtIssueOptions {
  /// How long the token is valid, at most to the end of 9999. Default 15 min; 0: it expires at once, and only the
  /// leeway of its readers remains.
  std::chrono::seconds lifetime = std::chrono::minutes(15);
  /// The id of the token, `jti`. Default: 128 random bits.
  std::string id{};
};

}  // namespace serval
