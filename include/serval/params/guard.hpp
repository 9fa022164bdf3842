// SPDX-License-Identifier: MIT
// Guards: dependencies that declare which credentials they require.
#pragma once

#include <concepts>
#include <span>
#include <string_view>
#include <utility>

#include <serval/http/http_error.hpp>

namespace serval {
class Request;
}  // namespace serval

namespace serval::openapi {
struct SecurityRequirement;
}  // namespace serval::openapi

namespace serval::detail {

/// `Guard` declares its security requirement: a type with a function `security`, or a function object with one.
template <class Guard>
concept AsksForIdentity = requires(const Guard& guard) {
  guard.security();
};

/// `Guard` tells whether a request has its credential, without refusing a request that has none.
template <class Guard>
concept TellsOfCredential = requires(const Guard& guard, const Request& request) {
  { guard.has_credential(request) } -> std::same_as<bool>;
  { guard.refusal() } -> std::convertible_to<HttpError>;
};

/// By these a plan chooses between alternatives before it calls one of them.
struct CredentialOps {
  /// Errors: HttpError for a credential that is malformed.
  bool (*is_there)(const Request& request);
  /// The response to a request without the credential.
  HttpError (*refusal)();
};

/// Adds a requirement with these scopes. Its type is complete where the guard is declared.
template <class Requirements, class Requirement>
void add_requirement(Requirements& requirements, Requirement requirement, std::span<const std::string_view> scopes) {
  for (const std::string_view scope : scopes) requirement.scopes.emplace_back(scope);
  requirements.push_back(std::move(requirement));
}

}  // namespace serval::detail
