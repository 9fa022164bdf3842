// SPDX-License-Identifier: MIT
#include "auth/claims_check.hpp"

#include <algorithm>
#include <optional>

#include <serval/http/headers.hpp>

namespace serval::detail {

namespace {

/// Seconds since 1970 as a claim has them.
[[nodiscard]] double seconds_of(std::chrono::system_clock::time_point time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

/// A time of the token. Nothing: there is none. `is_valid` becomes false if it is not a number in the range.
[[nodiscard]] std::optional<double> time_of(JsonValue claims, std::string_view name, bool& is_valid) {
  const std::optional<JsonValue> claim = claims.find(name);
  if (!claim) return std::nullopt;
  const double time = claim->is_number() ? claim->number() : -1;
  if (!(time >= 0 && time <= static_cast<double>(max_claim_time))) is_valid = false;  // also NaN
  return time;
}

[[nodiscard]] TokenRefusal check_times(JsonValue claims, double now, double leeway) {
  bool are_valid = true;
  const auto expiry = time_of(claims, "exp", are_valid);
  const auto start = time_of(claims, "nbf", are_valid);
  const auto issued = time_of(claims, "iat", are_valid);
  if (!are_valid) return "a time of the token is not a number of seconds up to the year 9999";
  if (expiry && *expiry + leeway <= now) return "the token has expired";
  if (start && *start > now + leeway) return "the token is not valid yet";
  if (issued && *issued > now + leeway) return "the token was issued in the future";
  return {};
}

[[nodiscard]] bool is_one_of(JsonValue text, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return text.equals(name); });
}

/// `aud` is a text or a list of texts.
[[nodiscard]] TokenRefusal check_audience(std::optional<JsonValue> audience, const std::vector<std::string>& names) {
  if (!audience) return names.empty() ? TokenRefusal() : "the token has no aud";
  if (audience->is_string() && is_one_of(*audience, names)) return {};
  if (audience->is_array() && audience->size() > 0) {
    bool is_for_us = false;
    JsonValue each = audience->first();
    for (std::size_t i = 0; i < audience->size(); ++i, each = each.next()) {
      if (!each.is_string()) return "the aud of the token is not a text or a list of texts";
      is_for_us = is_for_us || is_one_of(each, names);
    }
    if (is_for_us) return {};
  }
  return "the token is for another audience";
}

/// Whether a text with spaces between its words contains a word.
[[nodiscard]] bool has_word(std::string_view text, std::string_view word) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (text.substr(0, end) == word) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

[[nodiscard]] bool has_scope(JsonValue claim, std::string_view scope) {
  if (claim.is_string()) {
    std::string scratch;
    return has_word(claim.string(scratch), scope);
  }
  if (!claim.is_array() || claim.size() == 0) return false;
  JsonValue each = claim.first();
  for (std::size_t i = 0; i < claim.size(); ++i, each = each.next()) {
    if (each.equals(scope)) return true;
  }
  return false;
}

}  // namespace

CheckedClaims check_claims(std::string_view payload, const JwtOptions& options,
                           std::chrono::system_clock::time_point now, const std::vector<std::string>& required_scopes) {
  thread_local JsonDocument document;
  if (!parse_object(document, payload)) return {.refusal = "the claims are not an object with different members"};
  const JsonValue claims = document.root();
  const auto has_claim = [&](std::string_view name) {
    const std::optional<JsonValue> claim = claims.find(name);
    return claim && !claim->is_null();
  };
  if ((!options.accepts_without_expiry && !has_claim("exp")) ||
      !std::all_of(options.require.begin(), options.require.end(), has_claim)) {
    return {.refusal = "the token lacks a required claim"};
  }
  const double leeway = static_cast<double>(options.leeway.count());
  if (const TokenRefusal refusal = check_times(claims, seconds_of(now), leeway); !refusal.empty()) {
    return {.refusal = refusal};
  }
  if (!options.issuer.empty()) {
    const std::optional<JsonValue> issuer = claims.find("iss");
    if (!issuer || !issuer->equals(options.issuer)) return {.refusal = "the token is from another issuer"};
  }
  if (const TokenRefusal refusal = check_audience(claims.find("aud"), options.audience); !refusal.empty()) {
    return {.refusal = refusal};
  }
  if (required_scopes.empty()) return {};
  const std::optional<JsonValue> granted = claims.find(options.scope_claim);
  return {.has_scopes = granted && std::all_of(required_scopes.begin(), required_scopes.end(),
                                               [&](const std::string& scope) { return has_scope(*granted, scope); })};
}

bool is_type(std::string_view type, std::string_view expected) {
  constexpr std::string_view prefix = "application/";
  const auto without_prefix = [&](std::string_view text) {
    return text.size() > prefix.size() && http::iequals(text.substr(0, prefix.size()), prefix)
               ? text.substr(prefix.size())
               : text;
  };
  return http::iequals(without_prefix(type), without_prefix(expected));
}

}  // namespace serval::detail
