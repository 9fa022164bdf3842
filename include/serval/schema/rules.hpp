// SPDX-License-Identifier: MIT
// The contents of a list of names and rules, in the form that validation and schema generation read.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <serval/schema/rule.hpp>
#include <serval/schema/validated_by.hpp>

namespace serval {

namespace detail {

/// The value of a rule: a bound, a default, an example.
struct RuleValue {
  ArgValue kind = ArgValue::none;
  std::int64_t bits = 0;
  std::string_view text{};

  constexpr explicit operator bool() const { return kind != ArgValue::none; }
  [[nodiscard]] constexpr bool is_real() const { return kind == ArgValue::real; }
  [[nodiscard]] constexpr double real() const {
    return is_real() ? std::bit_cast<double>(bits) : static_cast<double>(bits);
  }
};

/// The rules for one value. All texts have static storage.
struct Rules {
  static constexpr std::size_t max_examples = 4;
  static constexpr std::size_t max_validators = 4;  // in one list; those of a member's type and of a parameter add up
  static constexpr std::int64_t unbounded = -1;

  RuleValue gt, ge, lt, le, multiple_of;
  std::int64_t min_length = unbounded, max_length = unbounded, max_digits = unbounded, decimal_places = unbounded;
  std::string_view name, pattern, alias, title, description, discriminator, serialization_alias, schema_extra;
  RuleValue default_value;
  RuleValue examples[max_examples];
  const Validator* validators[2 * max_validators] = {};
  const Validator* preparer = nullptr;
  const Validator* default_factory = nullptr;
  std::uint8_t example_count = 0, validator_count = 0;
  bool has_preparer = false, has_default_factory = false;
  bool deprecated = false, hidden = false, strict = false, keep_underscores = false, exclude = false;
  bool past = false, future = false, aware = false, naive = false, finite = false;

  /// Whether anything must be checked after conversion.
  [[nodiscard]] constexpr bool constrains() const {
    return gt || ge || lt || le || multiple_of || min_length != unbounded || max_length != unbounded ||
           !pattern.empty() || bounds_digits() || past || future || aware || naive || finite;
  }
  [[nodiscard]] constexpr bool bounds_digits() const { return max_digits != unbounded || decimal_places != unbounded; }
  /// Whether user functions must be called.
  [[nodiscard]] constexpr bool calls() const { return has_preparer || validator_count > 0; }
  [[nodiscard]] constexpr bool bounds_number() const { return gt || ge || lt || le || multiple_of; }
  [[nodiscard]] constexpr bool bounds_length() const { return min_length != unbounded || max_length != unbounded; }
};

template <std::size_t N>
constexpr void apply_arg(Rules& rules, const Arg<N>& arg) {
  const std::string_view text(arg.text, N - 1);
  const RuleValue value{arg.value, arg.bits, text};
  switch (arg.kind) {
    case ArgKind::name:
      rules.name = text;
      break;
    case ArgKind::gt:
      rules.gt = value;
      break;
    case ArgKind::ge:
      rules.ge = value;
      break;
    case ArgKind::lt:
      rules.lt = value;
      break;
    case ArgKind::le:
      rules.le = value;
      break;
    case ArgKind::multiple_of:
      rules.multiple_of = value;
      break;
    case ArgKind::min_length:
      rules.min_length = arg.bits;
      break;
    case ArgKind::max_length:
      rules.max_length = arg.bits;
      break;
    case ArgKind::pattern:
      rules.pattern = text;
      break;
    case ArgKind::alias:
      rules.alias = text;
      break;
    case ArgKind::title:
      rules.title = text;
      break;
    case ArgKind::description:
      rules.description = text;
      break;
    case ArgKind::example:
      rules.examples[rules.example_count++] = value;
      break;
    case ArgKind::default_value:
      rules.default_value = value;
      break;
    case ArgKind::discriminator:
      rules.discriminator = text;
      break;
    case ArgKind::deprecated:
      rules.deprecated = true;
      break;
    case ArgKind::hidden:
      rules.hidden = true;
      break;
    case ArgKind::strict:
      rules.strict = true;
      break;
    case ArgKind::keep_underscores:
      rules.keep_underscores = true;
      break;
    case ArgKind::max_digits:
      rules.max_digits = arg.bits;
      break;
    case ArgKind::decimal_places:
      rules.decimal_places = arg.bits;
      break;
    case ArgKind::past:
      rules.past = true;
      break;
    case ArgKind::future:
      rules.future = true;
      break;
    case ArgKind::aware:
      rules.aware = true;
      break;
    case ArgKind::naive:
      rules.naive = true;
      break;
    case ArgKind::finite:
      rules.finite = true;
      break;
    case ArgKind::exclude:
      rules.exclude = true;
      break;
    case ArgKind::serialization_alias:
      rules.serialization_alias = text;
      break;
    case ArgKind::schema_extra:
      rules.schema_extra = text;
      break;
    case ArgKind::validator:
    case ArgKind::preparer:
    case ArgKind::default_factory:
      break;  // Arg<0>
  }
}

constexpr void apply_arg(Rules& rules, const Arg<0>& arg) {
  if (arg.kind == ArgKind::preparer) {
    rules.preparer = arg.validator;
    rules.has_preparer = true;
  } else if (arg.kind == ArgKind::default_factory) {
    rules.default_factory = arg.validator;
    rules.has_default_factory = true;
  } else {
    rules.validators[rules.validator_count++] = arg.validator;
  }
}

template <Arg... Args>
constexpr Rules make_rules() {
  static_assert((std::size_t{0} + ... + (Args.kind == ArgKind::example)) <= Rules::max_examples,
                "serval: a value takes at most 4 examples");
  static_assert((std::size_t{0} + ... + (Args.kind == ArgKind::validator)) <= Rules::max_validators,
                "serval: a value takes at most 4 validated_by; call the others from one of them");
  Rules rules;
  (apply_arg(rules, Args), ...);
  return rules;
}

/// The rules of one list of arguments; the texts refer to the template parameter objects, which are static.
template <Arg... Args>
inline constexpr Rules rules_of = make_rules<Args...>();

/// The type to which rules apply, if the declared type may be absent or null.
template <class T>
struct ValueOf {
  using Type = T;
};
template <class T>
using ValueFor = typename ValueOf<T>::Type;

template <class T, std::size_t N>
constexpr bool validator_fits(const Arg<N>&) {
  return true;
}
template <class T>
constexpr bool validator_fits(const Arg<0>& arg) {
  if (arg.kind == ArgKind::default_factory && arg.validator->run == nullptr) return true;
  return arg.validator->takes == (arg.kind == ArgKind::preparer ? &type_key<std::string> : &type_key<ValueFor<T>>);
}
/// Whether the functions among the rules accept values of that type.
template <class T, Arg... Args>
inline constexpr bool validators_fit = (true && ... && validator_fits<T>(Args));

template <Arg... Args>
inline constexpr bool has_default = (false || ... || (Args.kind == ArgKind::default_value));

}  // namespace detail
}  // namespace serval
