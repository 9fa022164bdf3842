// SPDX-License-Identifier: MIT
// `all_of`: several dependencies as one, which the document shows as one requirement.
#pragma once

#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>

#include <serval/params/depends.hpp>
#include <serval/security/combined_value.hpp>

namespace serval {

namespace detail {

template <auto... Parts>
struct AllOf {
  static_assert(sizeof...(Parts) > 1, "serval: all_of needs two or more dependencies: all_of<&api_key, &basic>");
  static_assert(!(is_optional<Parts> || ...) && !(is_anonymous<Parts> || ...),
                "serval: all_of requires all of its dependencies, so none of them can be optional (maybe<...>) or "
                "anonymous");
  static_assert((std::is_copy_constructible_v<HeldBy<Parts>> && ...),
                "serval: the values of all_of are copied into a std::tuple, and one of them cannot be copied");

  static constexpr std::string_view combination = "all_of";

  std::tuple<HeldBy<Parts>...> operator()(Depends<Parts>... parts) const { return {copy_of<Parts>(parts)...}; }

 private:
  template <auto Part>
  static HeldBy<Part> copy_of([[maybe_unused]] const Depends<Part>& part) {
    if constexpr (std::is_void_v<GivenBy<Part>>) {
      return {};
    } else {
      return *part;
    }
  }
};

}  // namespace detail

/// All of several dependencies: `Depends<all_of<&api_key, &basic>>` is a `std::tuple` of their values,
/// `std::tuple<std::string, HttpBasicCredentials>`; `std::monostate` stands for functions that return nothing. They are
/// called in order, and the first refusal is the response. The document has one entry with the names of all schemes,
/// while it lists separate `Depends` as separate entries, like FastAPI. Inside `any_of` it is an alternative for which
/// the request needs all credentials.
template <auto... Parts>
inline constexpr detail::AllOf<Parts...> all_of{};

}  // namespace serval
