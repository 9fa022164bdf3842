// SPDX-License-Identifier: MIT
// Parses tokens, base64url, JSON Web Key Sets, claims, secrets that may be keys, and the costs of hashes by argon2.
// What is parsed keeps its promises, and no token without a valid signature is accepted.
#include <serval/auth/jwt.hpp>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "auth/argon2_hash.hpp"
#include "auth/base64url.hpp"
#include "auth/claims_check.hpp"
#include "auth/key_reader.hpp"
#include "auth/key_set.hpp"
#include "auth/token_parser.hpp"

namespace {

using namespace serval;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check_token(std::string_view text) {
  detail::ParsedToken token;
  if (!detail::parse_token(text, 4096, token).empty()) return;
  require(text.size() <= 4096);
  require(text == std::string(token.signing_input) + '.' + detail::base64url(token.signature));
  require(token.signing_input.ends_with('.' + detail::base64url(token.payload)));
}

void check_verification(std::string_view text) {
  static const Jwt<json> jwt(
      {.secret = SecretKey::random(64), .algorithms = {hs256, hs384, hs512}, .accepts_without_expiry = true});
  try {
    static_cast<void>(jwt.verify(text));
    require(false);  // nobody knows the secret
  } catch (const InvalidToken& refusal) {
    require(!refusal.reason().empty());
  }
}

void check_base64(std::string_view text) {
  std::string bytes;
  if (detail::decode_base64url(text, bytes)) require(detail::base64url(bytes) == text);
  require(detail::decode_base64url(detail::base64url(text), bytes) && bytes == text);
}

void check_claims_of(std::string_view text) {
  const JwtOptions options{.issuer = "a", .audience = {"b"}};
  const auto now = std::chrono::system_clock::time_point(std::chrono::seconds(1'800'000'000));
  const detail::CheckedClaims checked = detail::check_claims(text, options, now, {"c"});
  if (checked.refusal.empty() && checked.has_scopes) static_cast<void>(schema::parse_json(text));  // it is JSON
}

void check_set(std::string_view text) {
  try {
    const detail::KeySet set(text);
    for (const JwtAlgorithm algorithm : {hs256, hs384, hs512}) require(!set.fits(algorithm));
  } catch (const std::invalid_argument&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_token(text);
  check_verification(text);
  check_base64(text);
  check_claims_of(text);
  check_set(text);
  static_cast<void>(detail::looks_like_key(text));
  static_cast<void>(detail::argon2_cost_of(text));
  return 0;
}
