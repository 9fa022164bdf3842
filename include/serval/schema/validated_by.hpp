// SPDX-License-Identifier: MIT
// User functions as rules: `Query<std::string, "id", validated_by<check_valid_id>>`.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include <serval/schema/arg.hpp>

namespace serval {

namespace detail {

/// Its address identifies the type in constant expressions.
template <class T>
inline constexpr char type_key{};

/// A user function that checks a value in place and may change it. It throws if the value is invalid.
struct Validator {
  const void* takes;  // type_key of the value
  void (*run)(void* value);
};

}  // namespace detail

}  // namespace serval

namespace serval::detail {

/// A rule that is a function.
template <>
struct Arg<0> {
  detail::ArgKind kind;
  const detail::Validator* validator;
  constexpr Arg(detail::ArgKind kind_, const detail::Validator* validator_) : kind(kind_), validator(validator_) {}
};

}  // namespace serval::detail

namespace serval {

namespace detail {

template <class P>
struct ValidatorOf {
  // A function that takes a view of a text works on a std::string.
  using Value =
      std::conditional_t<std::is_same_v<std::remove_cvref_t<P>, std::string_view>, std::string, std::remove_cvref_t<P>>;
};
template <class R, class P>
ValidatorOf<P> validator_of(R (*)(P));

template <auto Function>
concept TakesOneValue = requires {
  validator_of(+Function);
};

template <auto Function>
struct MakeValidator {
  static_assert(TakesOneValue<Function>,
                "serval: validated_by and prepared_by take a function of one value: T f(T) or void f(const T&)");
  using Value = typename decltype(validator_of(+Function))::Value;
  static constexpr void run(void* value) {
    Value& held = *static_cast<Value*>(value);
    if constexpr (std::is_void_v<decltype(Function(held))>) {
      Function(held);
    } else {
      static_assert(std::is_same_v<std::remove_cvref_t<decltype(Function(held))>, Value>,
                    "serval: the function of validated_by and prepared_by must return the type that it takes, or void");
      held = Function(held);
    }
  }
};

template <auto Function>
inline constexpr Validator validator{&type_key<typename MakeValidator<Function>::Value>, &MakeValidator<Function>::run};

template <auto Function>
struct MakeDefaultFactory {
  using Value = std::remove_cvref_t<decltype(Function())>;
  static constexpr Validator value{&type_key<Value>, [](void* held) { *static_cast<Value*>(held) = Function(); }};
};
template <>
struct MakeDefaultFactory<nullptr> {
  static constexpr Validator value{nullptr, nullptr};
};

}  // namespace detail

/// Calls a function after the value is converted and the other rules hold: `T f(T)`, which returns the value to use, or
/// `void f(const T&)`; for texts also with `std::string_view`. It is not called for absent values and defaults. If it
/// throws a `std::logic_error`, preferably `std::invalid_argument`, the error is a `value_error` with the message
/// "Value error, <text>"; any other exception is handled as if the handler had thrown it. Several functions are called
/// in order.
/// Thread safety: called on any thread that serves requests.
template <auto Function>
inline constexpr detail::Arg<0> validated_by{detail::ArgKind::validator, &detail::validator<Function>};

/// A member or parameter that may be absent and then gets its value from a function: `Field<std::string,
/// default_factory<new_id>> id;`. The function takes nothing and returns the type of the value. Without a function,
/// `default_factory<>`, a member keeps its initialiser: `Field<std::vector<Item>, default_factory<>> items;`. The
/// document shows no default, since each request may get another. Other rules do not check the value.
/// Thread safety: called on any thread that serves requests. Errors: its exceptions are handled as if the handler had
/// thrown them.
template <auto Function = nullptr>
inline constexpr detail::Arg<0> default_factory{detail::ArgKind::default_factory,
                                                &detail::MakeDefaultFactory<Function>::value};

/// Calls a function on a text before it is converted: `std::string f(std::string_view)`. Values of another JSON type
/// are not changed. Errors: as `validated_by`.
template <auto Function>
inline constexpr detail::Arg<0> prepared_by{detail::ArgKind::preparer, &detail::validator<Function>};

}  // namespace serval
