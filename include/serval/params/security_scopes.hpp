// SPDX-License-Identifier: MIT
// `Security<f, "scope">`: a dependency with the scopes that the client must have been granted, and `SecurityScopes`, by
// which the dependency reads them.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <serval/params/depends.hpp>
#include <serval/schema/arg.hpp>

namespace serval {

/// The scopes that the uses of a dependency require, as an argument of its function, `const SecurityScopes& required`:
/// those of the outermost `Security` first, each once. Empty in a handler.
struct SecurityScopes {
  std::vector<std::string> scopes;  ///< the required scopes

  /// Returns the scopes with a space between them, as the field `www-authenticate` has them (RFC 6750 section 3).
  [[nodiscard]] std::string scope_str() const;
};

namespace detail {

/// A scope is a scope-token, RFC 6749 section 3.3: printable ASCII without spaces, '"' and '\'.
template <std::size_t N>
constexpr bool is_scope(const Arg<N>& scope) {
  if (scope.kind != ArgKind::name || N < 2) return false;
  for (std::size_t i = 0; i + 1 < N; ++i) {
    const char c = scope.text[i];
    if (c <= ' ' || c > '~' || c == '"' || c == '\\') return false;
  }
  return true;
}

template <Arg Scope>
inline constexpr std::string_view scope_text = Scope.text;
template <Arg... Scopes>
inline constexpr std::array<std::string_view, sizeof...(Scopes)> scope_texts{scope_text<Scopes>...};

}  // namespace detail

/// `Depends<f>` with scopes: `Security<current_user, "me", "items">`. `f` and the dependencies below it read them as
/// `const SecurityScopes&` and refuse clients without them; the document shows them with the security schemes below
/// `f`. The value of a function that reads the scopes, itself or through its dependencies, is shared by the uses in a
/// request that require the same scopes.
/// ```
/// User current_user(const SecurityScopes& required, Depends<&oauth2> token);
/// app.get("/me/items")([](Security<current_user, "me", "items"> user) { return user->items; });
/// ```
template <auto FunctionNotType, detail::Arg... Scopes>
class Security : public Depends<FunctionNotType> {};

namespace detail {

template <auto Function, Arg... Scopes>
constexpr DependencyUse make_secured_use(void (*assign)(void* slot, void* value)) {
  static_assert((is_scope(Scopes) && ...),
                "serval: a scope is a text of printable ASCII characters without spaces, quotes and backslashes: "
                "Security<f, \"items:read\">");
  DependencyUse use = make_dependency_use<Function>(assign);
  use.scopes = scope_texts<Scopes...>;
  return use;
}

template <auto Function, Arg... Scopes>
inline constexpr DependencyUse unused_secured_dependency = make_secured_use<Function, Scopes...>(nullptr);

template <auto Function, Arg... Scopes>
struct ArgumentTraits<Security<Function, Scopes...>> {
  using Slot = Security<Function, Scopes...>;
  static constexpr DependencyUse use = make_secured_use<Function, Scopes...>([](void* slot, void* value) {
    Depends<Function>* base = static_cast<Slot*>(slot);
    ArgumentTraits<Depends<Function>>::use.assign(base, value);
  });
  static constexpr ArgumentSpec spec() { return {.dependency = &use}; }
  static Slot& get(Slot& slot) { return slot; }
};
template <auto Function, Arg... Scopes>
struct ArgumentTraits<const Security<Function, Scopes...>&> : ArgumentTraits<Security<Function, Scopes...>> {};

template <>
struct ArgumentTraits<const SecurityScopes&> {
  using Slot = const SecurityScopes*;
  static constexpr ArgumentSpec spec() { return {.takes_scopes = true}; }
  static const SecurityScopes& get(Slot slot) { return *slot; }
};
template <>
struct ArgumentTraits<SecurityScopes> : ArgumentTraits<const SecurityScopes&> {};

template <auto Function, Arg... Scopes>
inline constexpr bool stands_for_value<Security<Function, Scopes...>> = true;
template <auto Function, Arg... Scopes>
inline constexpr bool is_depends<Security<Function, Scopes...>> = true;

}  // namespace detail

/// `secured<current_user, "admin">`: a dependency with scopes and without an argument, for the list `dependencies` of
/// a route, a router or an application.
template <auto Function, detail::Arg... Scopes>
inline constexpr routing::Dependency secured{&detail::unused_secured_dependency<Function, Scopes...>};

}  // namespace serval
