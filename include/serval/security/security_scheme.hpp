// SPDX-License-Identifier: MIT
// What all security schemes have in common, and `maybe`, which makes one optional.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include <serval/http/http_error.hpp>
#include <serval/http/request.hpp>
#include <serval/openapi/security.hpp>
#include <serval/params/guard.hpp>

namespace serval {

/// The base of a security scheme: a guard that reads a credential from the request and appears in the document.
/// `Depends<&scheme>` is the credential of the scheme in the global constant `scheme`:
/// ```
/// const HttpBearer bearer;
/// app.get("/me")([](Depends<&bearer> token) { return token->credentials; });
/// ```
/// A scheme adds no parameter to the operation and no error to a 422 response. It is checked before the body is read.
/// Routes, routers, applications, streams and WebSockets may depend on it, and tests replace it like any dependency:
/// `app.override_dependency<&bearer>(fake)`. Several schemes of a route must all be satisfied; the document, as
/// FastAPI's, lists them as alternatives. `any_of` and `all_of` combine schemes, and the document then says so.
///
/// A class of your own becomes a scheme as `class Signed : public SecurityScheme<Signed>` with these members:
/// ```
/// std::optional<T> read(const Request& request) const;     // nothing: the request has no credential of this kind
/// HttpError refusal() const;                               // the response to a request without a credential
/// openapi::SecurityRequirement security() const;           // how the document describes the scheme
/// ```
/// `read` may throw `HttpError` for a credential that is malformed. Thread safety: all functions of a scheme.
template <class Scheme>
class SecurityScheme {
 public:
  /// Returns the credential. Errors: `refusal()` if there is none; those of `read`.
  auto operator()(const Request& request) const {
    static_assert(detail::AsksForIdentity<Scheme>,
                  "serval: a security scheme needs a member `openapi::SecurityRequirement security() const`");
    const Scheme& scheme = static_cast<const Scheme&>(*this);
    auto credential = scheme.read(request);
    if (!credential) throw scheme.refusal();
    return *std::move(credential);
  }
  /// Whether the request has a credential, for `any_of`. Errors: those of `read`.
  [[nodiscard]] bool has_credential(const Request& request) const {
    return static_cast<const Scheme&>(*this).read(request).has_value();
  }

 protected:
  SecurityScheme() = default;
  SecurityScheme(const SecurityScheme&) = default;
  SecurityScheme(SecurityScheme&&) noexcept = default;
  SecurityScheme& operator=(const SecurityScheme&) = default;
  SecurityScheme& operator=(SecurityScheme&&) noexcept = default;
  ~SecurityScheme() = default;
};

namespace detail {

/// The scheme that `Scheme` points to, where a request without a credential is not refused.
template <auto Scheme>
struct MaybeScheme {
  static constexpr bool is_optional = true;
  auto operator()(const Request& request) const { return Scheme->read(request); }
  [[nodiscard]] openapi::SecurityRequirement security() const { return Scheme->security(); }
};

}  // namespace detail

/// Makes a scheme optional: `Depends<maybe<&bearer>>` is a `std::optional`, empty for a request without a credential of
/// this kind. A malformed credential is still refused. The document shows the scheme as if it were required.
template <auto Scheme>
requires std::is_pointer_v<decltype(Scheme)>
inline constexpr detail::MaybeScheme<Scheme> maybe{};

}  // namespace serval
