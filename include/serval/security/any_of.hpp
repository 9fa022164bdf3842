// SPDX-License-Identifier: MIT
// `any_of`: alternative ways to authenticate a request, and `anonymous`, the alternative without a credential.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include <serval/params/depends.hpp>
#include <serval/security/combined_value.hpp>

namespace serval {

namespace detail {

/// Any request satisfies it.
struct Anonymous {
  void operator()() const {}
  [[nodiscard]] bool has_credential(const Request&) const { return true; }
  [[nodiscard]] HttpError refusal() const { return HttpError(401); }
};

/// The value of an alternative, if it was chosen.
struct ChosenValue {
  void* value = nullptr;
  bool is_chosen = false;
};
/// The argument of `AnyOf` for one alternative.
template <auto Function>
struct AlternativeValue : ChosenValue {};

template <auto Function>
struct ArgumentTraits<AlternativeValue<Function>> {
  using Slot = AlternativeValue<Function>;
  static constexpr DependencyUse use = make_dependency_use<Function>([](void* slot, void* value) {
    static_cast<ChosenValue&>(*static_cast<Slot*>(slot)) = {.value = value, .is_chosen = true};
  });
  static constexpr ArgumentSpec spec() { return {.dependency = &use, .is_alternative = true}; }
  static Slot& get(Slot& slot) { return slot; }
};

/// A variant of the types in `Ts`, each once, without `Anonymous`; only the type if there is one.
template <class Variant, class... Ts>
struct EitherOf {
  using Type = Variant;
};
template <class T>
struct EitherOf<std::variant<T>> {
  using Type = T;
};
template <class... Us, class T, class... Ts>
struct EitherOf<std::variant<Us...>, T, Ts...>
    : EitherOf<std::conditional_t<std::is_same_v<T, Anonymous> || (std::is_same_v<T, Us> || ...), std::variant<Us...>,
                                  std::variant<Us..., T>>,
               Ts...> {};

template <auto First, auto... Others>
struct AnyOf {
  static constexpr std::array<bool, 1 + sizeof...(Others)> are_anonymous{is_anonymous<First>, is_anonymous<Others>...};
  static constexpr int anonymous_count = (int{is_anonymous<First>} + ... + int{is_anonymous<Others>});
  static constexpr bool has_anonymous = anonymous_count != 0;
  static_assert(sizeof...(Others) > 0, "serval: any_of needs two or more alternatives: any_of<check_key, &bearer>");
  static_assert(
      anonymous_count == 0 || (anonymous_count == 1 && are_anonymous.back()),
      "serval: anonymous accepts every request, so it must be the last alternative: any_of<&bearer, anonymous>");
  static_assert(!(is_optional<First> || ... || is_optional<Others>),
                "serval: an alternative of any_of cannot be optional (maybe<...>), since the next one would never be "
                "used; write `anonymous` as the last alternative: any_of<check_key, &bearer, anonymous>");

  static constexpr std::string_view combination = "any_of";
  /// All alternatives give this type, which belongs to one of them.
  static constexpr bool is_same = !has_anonymous && (std::is_same_v<GivenBy<First>, GivenBy<Others>> && ...);
  using Either = typename EitherOf<std::variant<>, HeldBy<First>, HeldBy<Others>...>::Type;
  using Copied = std::conditional_t<has_anonymous, std::optional<Either>, Either>;
  using Same = std::conditional_t<std::is_void_v<GivenBy<First>>, void, Borrowed<GivenBy<First>>>;

  std::conditional_t<is_same, Same, Copied> operator()([[maybe_unused]] AlternativeValue<First> first,
                                                       [[maybe_unused]] AlternativeValue<Others>... others) const {
    if constexpr (!is_same) {
      std::optional<Either> made;
      static_cast<void>((take(made, first) || ... || take(made, others)));
      if constexpr (has_anonymous) {
        return made;
      } else {
        return *std::move(made);
      }
    } else if constexpr (!std::is_void_v<Same>) {
      const ChosenValue all[] = {first, others...};
      const ChosenValue* chosen = all;
      while (!chosen->is_chosen) ++chosen;  // the plan chooses one before it calls this
      return {static_cast<GivenBy<First>*>(chosen->value)};
    }
  }

 private:
  /// Copies the value if it was chosen.
  template <auto Function>
  static bool take(std::optional<Either>& made, const AlternativeValue<Function>& found) {
    using Held = HeldBy<Function>;
    if constexpr (is_anonymous<Function>) {
      return found.is_chosen;
    } else {
      if (!found.is_chosen) return false;
      static_assert(std::is_copy_constructible_v<Held>,
                    "serval: the value of an alternative of any_of is copied into the std::variant or std::optional, "
                    "and this one cannot be copied");
      made.emplace(copy_held<Function, Either>(found.value));
      return true;
    }
  }
};

}  // namespace detail

/// The alternative of `any_of` that accepts requests without a credential. The document shows it as `{}`.
inline constexpr detail::Anonymous anonymous{};

/// Alternative ways to authenticate: `Depends<any_of<check_key, jwt<User, &bearer>>>`. The alternatives are tried in
/// order; the first whose credential the request has decides, and if it refuses the request, that is the response. The
/// others are not called.
/// ```
/// // std::variant<std::string, User>
/// app.get("/report")([](Depends<any_of<&api_key, jwt<User, &bearer>>> who) { ... });
/// // std::optional<Reader>
/// app.get("/news")([](Depends<any_of<reader, anonymous>> who) { ... });
/// ```
/// An alternative is a scheme, `jwt<...>`, or a function that depends on schemes; its credential is there if those of
/// all these schemes are. Whether one is there, `read` of the scheme tells, which is then called again for its value.
/// `anonymous` can be the last alternative.
///
/// The value is a `T` if all alternatives give a `T`, otherwise a `std::variant` of the different types, in their
/// order; `std::monostate` stands for functions that return nothing. If all return nothing, there is no value. With
/// `anonymous` it is a `std::optional` of that, which is empty for anonymous requests.
///
/// Errors: without any of the credentials, the first refusal of a scheme that has the status 401, otherwise the first
/// one, with the `www-authenticate` fields of all schemes in order. Scopes of `Security<any_of<...>, "me">` apply to
/// all alternatives. The document of a route with `any_of` or `all_of` is exact: an entry for each combination of
/// alternatives, with all schemes that it needs.
template <auto... Alternatives>
inline constexpr detail::AnyOf<Alternatives...> any_of{};

}  // namespace serval
