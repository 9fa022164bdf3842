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

/// The member of `Rules` that takes a rule's value.
template <class T>
struct RuleMember {
  ArgKind kind;
  T Rules::*member;
};
inline constexpr RuleMember<RuleValue> members_of_values[] = {{ArgKind::gt, &Rules::gt},
                                                              {ArgKind::ge, &Rules::ge},
                                                              {ArgKind::lt, &Rules::lt},
                                                              {ArgKind::le, &Rules::le},
                                                              {ArgKind::multiple_of, &Rules::multiple_of},
                                                              {ArgKind::default_value, &Rules::default_value}};
inline constexpr RuleMember<std::int64_t> members_of_counts[] = {{ArgKind::min_length, &Rules::min_length},
                                                                 {ArgKind::max_length, &Rules::max_length},
                                                                 {ArgKind::max_digits, &Rules::max_digits},
                                                                 {ArgKind::decimal_places, &Rules::decimal_places}};
inline constexpr RuleMember<std::string_view> members_of_texts[] = {
    {ArgKind::name, &Rules::name},
    {ArgKind::pattern, &Rules::pattern},
    {ArgKind::alias, &Rules::alias},
    {ArgKind::title, &Rules::title},
    {ArgKind::description, &Rules::description},
    {ArgKind::discriminator, &Rules::discriminator},
    {ArgKind::serialization_alias, &Rules::serialization_alias},
    {ArgKind::schema_extra, &Rules::schema_extra}};
inline constexpr RuleMember<bool> members_of_flags[] = {{ArgKind::deprecated, &Rules::deprecated},
                                                        {ArgKind::hidden, &Rules::hidden},
                                                        {ArgKind::strict, &Rules::strict},
                                                        {ArgKind::keep_underscores, &Rules::keep_underscores},
                                                        {ArgKind::past, &Rules::past},
                                                        {ArgKind::future, &Rules::future},
                                                        {ArgKind::aware, &Rules::aware},
                                                        {ArgKind::naive, &Rules::naive},
                                                        {ArgKind::finite, &Rules::finite},
                                                        {ArgKind::exclude, &Rules::exclude}};

/// Returns false if the list has no member for the kind.
template <class T, std::size_t N>
constexpr bool set_member(Rules& rules, const RuleMember<T> (&members)[N], ArgKind kind, const T& value) {
  for (const RuleMember<T>& each : members) {
    if (each.kind != kind) continue;
    rules.*each.member = value;
    return true;
  }
  return false;
}

template <std::size_t N>
constexpr void apply_arg(Rules& rules, const Arg<N>& arg) {
  const std::string_view text(arg.text, N - 1);
  const RuleValue value{arg.value, arg.bits, text};
  if (arg.kind == ArgKind::example) {
    rules.examples[rules.example_count++] = value;
    return;
  }
  const bool has_member = set_member(rules, members_of_values, arg.kind, value) ||
                          set_member(rules, members_of_counts, arg.kind, arg.bits) ||
                          set_member(rules, members_of_texts, arg.kind, text) ||
                          set_member(rules, members_of_flags, arg.kind, true);
  if (!has_member) throw arg.kind;  // rules are constants, so the compiler reports a kind that no list has
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
                "serval: a value takes at most 4 validated_by rules; call further functions from one of these");
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
