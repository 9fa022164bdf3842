// SPDX-License-Identifier: MIT
#include <serval/auth/jwt.hpp>

#include <utility>

#include "auth/jwt_engine.hpp"

namespace serval {

InvalidToken::InvalidToken(std::string reason)
    : HttpError(401, "Could not validate credentials", {{"www-authenticate", "Bearer error=\"invalid_token\""}}),
      reason_(std::move(reason)) {}

namespace detail {

JwtBase::JwtBase(JwtOptions options) : engine_(std::make_unique<JwtEngine>(std::move(options))) {}
JwtBase::JwtBase(JwtBase&& other) noexcept = default;
JwtBase& JwtBase::operator=(JwtBase&& other) noexcept = default;
JwtBase::~JwtBase() = default;

std::string JwtBase::payload_of(std::string_view token, const SecurityScopes& required) const {
  JwtEngine::Candidate candidate;
  if (const TokenRefusal refusal = engine_->open(token, candidate); !refusal.empty()) refuse(std::string(refusal));
  if (!JwtEngine::has_valid_signature(candidate)) refuse("the signature of the token is not valid");
  engine_->check(candidate, required.scopes);
  return std::move(candidate.token.payload);
}

Task<std::string> JwtBase::payload_of_async(std::string token, std::vector<std::string> required_scopes) const {
  JwtEngine::Candidate candidate;
  if (const TokenRefusal refusal = engine_->open(token, candidate); !refusal.empty()) refuse(std::string(refusal));
  bool is_valid = false;
  if (JwtEngine::verifies_slowly(candidate.algorithm)) {
    const auto verify = [&candidate] { return JwtEngine::has_valid_signature(candidate); };
    is_valid = co_await engine_->pool().run(verify);
  } else {
    is_valid = JwtEngine::has_valid_signature(candidate);
  }
  if (!is_valid) refuse("the signature of the token is not valid");
  engine_->check(candidate, required_scopes);
  co_return std::move(candidate.token.payload);
}

std::string JwtBase::sign(std::string_view claims, const JwtIssueOptions& options) const {
  return engine_->signed_token(engine_->unsigned_token(claims, options));
}

Task<std::string> JwtBase::sign_async(std::string_view claims, const JwtIssueOptions& options) const {
  return engine_->sign(engine_->unsigned_token(claims, options));
}

void JwtBase::refuse(std::string reason) const { engine_->refuse(std::move(reason)); }

}  // namespace detail
}  // namespace serval
