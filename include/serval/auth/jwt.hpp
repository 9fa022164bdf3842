// SPDX-License-Identifier: MIT
// `Jwt<Claims>`: signed tokens (RFC 7519), read into a struct of the program.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <serval/auth/jwt_options.hpp>
#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>
#include <serval/http/request.hpp>
#include <serval/openapi/security.hpp>
#include <serval/params/guard.hpp>
#include <serval/params/security_scopes.hpp>
#include <serval/params/state.hpp>
#include <serval/schema/codec.hpp>

namespace serval {

/// A token that is not accepted: 401 with `www-authenticate: Bearer error="invalid_token"` (RFC 6750 section 3.1). The
/// response does not tell why.
class InvalidToken : public HttpError {
 public:
  explicit InvalidToken(std::string reason);
  /// Why it was refused, for logs: "the token has expired". If the claims break the rules of `Claims`, it is the
  /// message of `DecodeError`, which may have parts of the token.
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

 private:
  std::string reason_;
};

namespace detail {

class JwtEngine;

/// The part of `Jwt` that is compiled once.
class JwtBase {
 public:
  explicit JwtBase(JwtOptions options);
  JwtBase(JwtBase&& other) noexcept;
  JwtBase& operator=(JwtBase&& other) noexcept;
  JwtBase(const JwtBase&) = delete;
  JwtBase& operator=(const JwtBase&) = delete;
  ~JwtBase();

  /// The claims of a token as JSON text.
  [[nodiscard]] std::string payload_of(std::string_view token, const SecurityScopes& required) const;
  [[nodiscard]] Task<std::string> payload_of_async(std::string token, std::vector<std::string> required_scopes) const;
  /// A token with these claims, a JSON object.
  [[nodiscard]] std::string sign(std::string_view claims, const JwtIssueOptions& options) const;
  [[nodiscard]] Task<std::string> sign_async(std::string_view claims, const JwtIssueOptions& options) const;
  [[noreturn]] void refuse(std::string reason) const;

 private:
  std::unique_ptr<JwtEngine> engine_;
};

template <class Claims>
Claims read_claims(const JwtBase& jwt, const std::string& payload) {
  try {
    return decode_json<Claims>(payload);
  } catch (const DecodeError& fault) {
    jwt.refuse(fault.what());
  }
}

}  // namespace detail

/// Verifies tokens and reads their claims into `Claims`, a model like that of a body; and issues them:
/// ```
/// struct User { std::string sub; Default<std::string> scope; };
/// app.provide(Jwt<User>({.secret = SecretKey::from_file("/run/secrets/jwt"), .algorithms = {hs256}}));
/// app.get("/me")([](Depends<jwt<User, &bearer>> user) { return json{{"name", user->sub}}; });
/// app.post("/token")([](State<Jwt<User>> jwt) { return jwt->issue({.sub = "ann"}); });
/// ```
/// A token is checked in this order: its size; two dots; base64url without padding; a header that is an object without
/// repeated members; no `crit`; an algorithm that is in the list; a key to which it belongs, never one from the token;
/// the signature; the claims that are required, `exp`, `nbf`, `iat`, `iss`, `aud`, and `typ`; the scopes; the rules of
/// `Claims`. Times are numbers of seconds from 1970 to the end of 9999.
///
/// Errors of the constructor: SetupError for a key that is missing, weak, of another kind than the algorithms, or a
/// public key as `secret`. Thread safety: all functions. Lifetime: it outlives the coroutines that it returned.
/// Source: RFC 7515, 7517, 7518, 7519, 8037, 8725.
template <class Claims>
class Jwt {
 public:
  explicit Jwt(JwtOptions options) : base_(std::move(options)) {}

  /// The claims of a token. It takes 1 to 100 microseconds, with ES384 and ES512 about a millisecond: on an event loop
  /// use `verify_async`. Errors: InvalidToken; HttpError with `JwtOptions::scope_status` if it lacks a scope.
  [[nodiscard]] Claims verify(std::string_view token, const SecurityScopes& required = {}) const {
    return detail::read_claims<Claims>(base_, base_.payload_of(token, required));
  }
  /// The same for coroutines: ES384 and ES512 are computed on a pool. Errors also: Unavailable if too many wait for it.
  [[nodiscard]] detail::Task<Claims> verify_async(std::string token) const { return read(std::move(token), {}); }
  [[nodiscard]] detail::Task<Claims> verify_async(std::string token, const SecurityScopes& required) const {
    return read(std::move(token), required.scopes);
  }
  detail::Task<Claims> verify_async(std::string token, SecurityScopes&& required) const = delete;  // see NeedsAName

  /// A token for these claims, without optional ones that have no value, and with `iss`, `aud`, `iat`, `exp` and `jti`,
  /// which replace claims of these names. It takes 1 to 100 microseconds, with RSA, ES384 and ES512 up to several
  /// milliseconds: on an event loop use `issue_async`. Errors: std::logic_error without a secret or a private key, if
  /// `Claims` is not an object, and for a lifetime that is negative or ends after the year 9999.
  [[nodiscard]] std::string issue(const Claims& claims, const JwtIssueOptions& options = {}) const {
    return base_.sign(encode_json(claims, {.exclude_none = true}), options);
  }
  /// The same for coroutines: RSA, ES384 and ES512 are computed on a pool. Errors also: Unavailable if too many wait.
  [[nodiscard]] detail::Task<std::string> issue_async(const Claims& claims) const {
    return base_.sign_async(encode_json(claims, {.exclude_none = true}), {});
  }
  [[nodiscard]] detail::Task<std::string> issue_async(const Claims& claims, const JwtIssueOptions& options) const {
    return base_.sign_async(encode_json(claims, {.exclude_none = true}), options);
  }
  detail::Task<std::string> issue_async(Claims&& claims) const requires detail::NeedsAName<Claims>
  = delete;  // give the claims a name, see NeedsAName
  detail::Task<std::string> issue_async(Claims&& claims,
                                        const JwtIssueOptions& options) const requires detail::NeedsAName<Claims>
  = delete;                                                                                               // as above
  detail::Task<std::string> issue_async(const Claims& claims, JwtIssueOptions&& options) const = delete;  // likewise

 private:
  detail::Task<Claims> read(std::string token, std::vector<std::string> required_scopes) const {
    const std::string payload = co_await base_.payload_of_async(std::move(token), std::move(required_scopes));
    co_return detail::read_claims<Claims>(base_, payload);
  }

  detail::JwtBase base_;
};

namespace detail {

/// The token in a credential: a text, with or without "Bearer", or a struct with a text `credentials`.
template <class Credential>
std::string token_of(Credential credential) {
  if constexpr (std::is_convertible_v<Credential, std::string>) {
    std::string token = std::move(credential);
    if (token.size() >= 7 && http::iequals(std::string_view(token).substr(0, 7), "Bearer ")) token.erase(0, 7);
    return token;
  } else {
    return std::move(credential.credentials);
  }
}

/// `Scheme`: a pointer to a security scheme, or one that is optional, `maybe<&scheme>`.
template <class Claims, auto Scheme>
struct JwtGuard {
  static constexpr bool is_optional = !std::is_pointer_v<decltype(Scheme)>;
  using Value = std::conditional_t<is_optional, std::optional<Claims>, Claims>;

  Task<Value> operator()(const Request& request, State<Jwt<Claims>> jwt, const SecurityScopes& required) const {
    if constexpr (is_optional) {
      auto credential = Scheme(request);
      if (!credential) co_return std::nullopt;
      std::string token = token_of(*std::move(credential));
      co_return co_await jwt->verify_async(std::move(token), required);
    } else {
      std::string token = token_of((*Scheme)(request));
      co_return co_await jwt->verify_async(std::move(token), required);
    }
  }
  [[nodiscard]] bool has_credential(const Request& request) const requires(!is_optional) {
    return Scheme->has_credential(request);
  }
  [[nodiscard]] HttpError refusal() const requires(!is_optional) { return Scheme->refusal(); }
  [[nodiscard]] openapi::SecurityRequirement security() const {
    if constexpr (is_optional) {
      return Scheme.security();
    } else {
      return Scheme->security();
    }
  }
};

}  // namespace detail

/// The claims of the token that a security scheme reads from the request, by the application's `Jwt<Claims>`:
/// `Depends<jwt<User, &bearer>>` is a `User`. It is a guard, and the document shows the scheme. With scopes:
/// `Security<jwt<User, &bearer>, "items">`; the token must have all of them. `Depends<jwt<User, maybe<&bearer>>>` is a
/// `std::optional<User>`, empty without a token.
/// Errors: those of the scheme for a request without a token: 401 with `www-authenticate: Bearer`; as
/// `Jwt<Claims>::verify_async`.
template <class Claims, auto Scheme>
inline constexpr detail::JwtGuard<Claims, Scheme> jwt{};

}  // namespace serval
