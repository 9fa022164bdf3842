// SPDX-License-Identifier: MIT
#include "auth/jwt_engine.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <thread>
#include <utility>

#include <serval/auth/jwt.hpp>
#include <serval/auth/random_token.hpp>
#include <serval/json/json.hpp>

#include "auth/base64url.hpp"
#include "auth/claims_check.hpp"
#include "auth/jwt_setup.hpp"

namespace serval::detail {

namespace {

constexpr std::size_t max_waiting = 1024;

[[nodiscard]] std::size_t pool_threads() { return std::max(1U, std::thread::hardware_concurrency() / 2); }

}  // namespace

JwtEngine::JwtEngine(JwtOptions options)
    : options_(std::move(options)),
      keys_(keys_of(options_)),
      pool_({.threads = pool_threads(), .queue = max_waiting}) {}

std::chrono::system_clock::time_point JwtEngine::now() const {
  return options_.clock ? options_.clock() : std::chrono::system_clock::now();
}

TokenRefusal JwtEngine::open(std::string_view token, Candidate& out) const {
  if (const TokenRefusal refusal = parse_token(token, options_.max_token_bytes, out.token); !refusal.empty())
    return refusal;
  const auto algorithm = algorithm_named(out.token.algorithm);
  const auto& allowed = options_.algorithms;
  if (!algorithm || std::find(allowed.begin(), allowed.end(), *algorithm) == allowed.end()) {
    return "the algorithm of the token is not in the list";
  }
  out.algorithm = *algorithm;
  out.key = keys_.find(*algorithm, out.token.key_id);
  return out.key != nullptr ? TokenRefusal() : "no key is for this token";
}

void JwtEngine::check(const Candidate& candidate, const std::vector<std::string>& required_scopes) const {
  const CheckedClaims checked = check_claims(candidate.token.payload, options_, now(), required_scopes);
  if (!checked.refusal.empty()) refuse(std::string(checked.refusal));
  if (!options_.type.empty() && !(candidate.token.type && is_type(*candidate.token.type, options_.type))) {
    refuse("the token is of another type");
  }
  if (checked.has_scopes) return;
  const std::string challenge =
      "Bearer error=\"insufficient_scope\", scope=\"" + SecurityScopes{required_scopes}.scope_str() + '"';
  throw HttpError(options_.scope_status, "Not enough permissions", {{"www-authenticate", challenge}});
}

void JwtEngine::refuse(std::string reason) const {
  if (options_.logger != nullptr) options_.logger->info("token refused: {}", reason);
  throw InvalidToken(std::move(reason));
}

std::string JwtEngine::unsigned_token(std::string_view claims, const JwtIssueOptions& options) const {
  if (options.lifetime < std::chrono::seconds(0)) throw std::logic_error("Jwt: the lifetime of a token is negative");
  const auto issued = std::chrono::floor<std::chrono::seconds>(now().time_since_epoch());
  // Compared before they are added, since the sum could overflow.
  if (options.lifetime > std::chrono::seconds(max_claim_time) - issued) {
    throw std::logic_error("Jwt: the lifetime of a token ends after the year 9999");
  }
  if (keys_.find(options_.algorithms.front(), std::nullopt) == nullptr || !keys_.only().key->can_sign()) {
    throw std::logic_error("Jwt: to issue tokens, give it a .secret or a .private_key_pem");
  }
  json payload = schema::parse_json(claims);
  if (!payload.is_object()) throw std::logic_error("Jwt: the claims are not an object; make them a struct");
  if (!options_.issuer.empty()) payload["iss"] = options_.issuer;
  if (options_.audience.size() == 1) payload["aud"] = options_.audience.front();
  if (options_.audience.size() > 1) payload["aud"] = options_.audience;
  payload["iat"] = issued.count();
  payload["exp"] = (issued + options.lifetime).count();
  payload["jti"] = options.id.empty() ? random_token(16) : options.id;
  json header{{"alg", name_of(options_.algorithms.front())}, {"typ", options_.type.empty() ? "JWT" : options_.type}};
  if (!options_.key_id.empty()) header["kid"] = options_.key_id;
  std::string token = base64url(schema::to_text(header));
  token += '.';
  append_base64url(token, schema::to_text(payload));
  return token;
}

std::string JwtEngine::signed_token(std::string_view token) const {
  const std::string signature = keys_.only().key->sign(options_.algorithms.front(), token);
  std::string whole(token);
  whole += '.';
  append_base64url(whole, signature);
  return whole;
}

Task<std::string> JwtEngine::sign(std::string token) const {
  if (!signs_slowly()) co_return signed_token(token);
  const auto work = [this, &token] { return signed_token(token); };
  co_return co_await pool_.run(work);
}

bool JwtEngine::verifies_slowly(JwtAlgorithm algorithm) noexcept {
  return algorithm == JwtAlgorithm::es384 || algorithm == JwtAlgorithm::es512;
}

bool JwtEngine::signs_slowly() const noexcept {
  return verifies_slowly(options_.algorithms.front()) || info_of(options_.algorithms.front()).key == KeyKind::rsa;
}

}  // namespace serval::detail
