// SPDX-License-Identifier: MIT
// Guards: dependencies that declare which credentials they require.
#pragma once

#include <span>
#include <string_view>
#include <utility>

namespace serval::openapi {
struct SecurityRequirement;
}  // namespace serval::openapi

namespace serval::detail {

/// `Guard` declares its security requirement: a type with a function `security`, or a function object with one.
template <class Guard>
concept AsksForIdentity = requires(const Guard& guard) {
  guard.security();
};

/// Adds a requirement with these scopes. Its type is complete where the guard is declared.
template <class Requirements, class Requirement>
void add_requirement(Requirements& requirements, Requirement requirement, std::span<const std::string_view> scopes) {
  for (const std::string_view scope : scopes) requirement.scopes.emplace_back(scope);
  requirements.push_back(std::move(requirement));
}

}  // namespace serval::detail
