// SPDX-License-Identifier: MIT
#include <serval/security/http_authentication.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/http/headers.hpp>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/utf8_check.hpp"
#include "security/scheme_parts.hpp"

namespace serval {

namespace {

/// The challenge of Basic (RFC 7617 section 2).
std::string basic_challenge(const std::string& realm) {
  if (realm.empty()) return "Basic";
  if (std::any_of(realm.begin(), realm.end(), detail::is_control)) {
    throw SetupError("HttpBasic: the realm must not contain control characters", {});
  }
  std::string challenge = "Basic realm=\"";
  for (const char c : realm) {
    if (c == '"' || c == '\\') challenge += '\\';
    challenge += c;
  }
  return challenge + '"';
}

/// The two parts if the field has this scheme and a credential.
template <class Scheme>
std::optional<HttpAuthorizationCredentials> credentials_of(const Request& request, std::string_view name,
                                                           const Scheme& scheme) {
  const auto field = detail::only_field(request, "authorization", scheme);
  if (!field) return std::nullopt;
  const auto [found, rest] = detail::split_authorization(*field);
  if (!http::iequals(found, name) || rest.empty()) return std::nullopt;
  return HttpAuthorizationCredentials{.scheme = std::string(found), .credentials = std::string(rest)};
}

}  // namespace

HttpBasic::HttpBasic(HttpBasicOptions options)
    : options_(std::move(options)), challenge_(basic_challenge(options_.realm)) {}

std::optional<HttpBasicCredentials> HttpBasic::read(const Request& request) const {
  const auto field = detail::only_field(request, "authorization", *this);
  if (!field) return std::nullopt;
  const auto [scheme, encoded] = detail::split_authorization(*field);
  if (!http::iequals(scheme, "Basic")) return std::nullopt;
  std::string decoded;
  const std::string fault = detail::decode_base64(encoded, decoded);
  const std::size_t colon = decoded.find(':');
  if (!fault.empty() || colon == std::string::npos || !detail::is_utf8(decoded) ||
      std::any_of(decoded.begin(), decoded.end(), detail::is_control)) {
    throw refusal();
  }
  return HttpBasicCredentials{.username = decoded.substr(0, colon), .password = decoded.substr(colon + 1)};
}
HttpError HttpBasic::refusal() const { return detail::not_authenticated(options_.refusal, challenge_); }
openapi::SecurityRequirement HttpBasic::security() const {
  return detail::scheme_object(options_.scheme_name, {{"type", "http"}, {"scheme", "basic"}}, options_.description);
}

HttpBearer::HttpBearer(HttpBearerOptions options) : options_(std::move(options)) {}

std::optional<HttpAuthorizationCredentials> HttpBearer::read(const Request& request) const {
  return credentials_of(request, "Bearer", *this);
}
HttpError HttpBearer::refusal() const { return detail::not_authenticated(options_.refusal, "Bearer"); }
openapi::SecurityRequirement HttpBearer::security() const {
  json object{{"type", "http"}, {"scheme", "bearer"}};
  if (!options_.bearer_format.empty()) object["bearerFormat"] = options_.bearer_format;
  return detail::scheme_object(options_.scheme_name, std::move(object), options_.description);
}

HttpDigest::HttpDigest(HttpDigestOptions options) : options_(std::move(options)) {}

std::optional<HttpAuthorizationCredentials> HttpDigest::read(const Request& request) const {
  return credentials_of(request, "Digest", *this);
}
HttpError HttpDigest::refusal() const { return detail::not_authenticated(options_.refusal, "Digest"); }
openapi::SecurityRequirement HttpDigest::security() const {
  return detail::scheme_object(options_.scheme_name, {{"type", "http"}, {"scheme", "digest"}}, options_.description);
}

}  // namespace serval
