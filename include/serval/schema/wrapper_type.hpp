// SPDX-License-Identifier: MIT
// Descriptors of class templates: fields, optionals, literals, tuples, variants. Partial specialisations compile faster
// than a chain of tests.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include <serval/schema/field.hpp>
#include <serval/schema/literal.hpp>
#include <serval/schema/model.hpp>
#include <serval/schema/ops.hpp>
#include <serval/schema/partial.hpp>
#include <serval/schema/rule_fit.hpp>
#include <serval/schema/text_type.hpp>

namespace serval::detail {

extern const TextOps none_ops;
template <>
struct WrapperType<std::monostate> : TextType<&none_ops> {};

template <class T, Arg... Args>
struct WrapperType<Field<T, Args...>> {
  static constexpr bool known = true;
  static constexpr Type make() {
    static_assert(
        validators_fit<T, Args...>,
        "serval: the type of this member does not fit a function of its rules: the function of validated_by must "
        "take this type, that of prepared_by must take a text, that of default_factory must return this type");
    static_assert(
        !has_default<Args...>,
        "serval: default_to and default_json fit parameters only; declare a member that may be absent as a Default "
        "with an initialiser: Default<Field<int, ge(0)>> count = 3;");
    Type type = make_type<T>();
    type.rules = &rules_of<Args...>;
    require_fitting_rules<rule_fit(make_type<T>(), rules_of<Args...>)>();
    return type;
  }
};
template <class T>
struct WrapperType<Default<T>> {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type = make_type<T>();
    type.is_default = true;
    type.mark_set = [](void* holder) { static_cast<Default<T>*>(holder)->mark_set(); };
    type.is_set = [](const void* holder) { return static_cast<const Default<T>*>(holder)->is_set(); };
    return type;
  }
};
template <class T>
struct WrapperType<std::optional<T>> {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type;
    type.kind = Kind::optional;
    type.element = &type_of<T>;
    type.ops.optional = &optional_ops<std::optional<T>>;
    return type;
  }
};
template <class T>
struct WrapperType<Nullable<T>> {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type = make_type<std::optional<T>>();
    type.is_nullable = true;
    return type;
  }
};
/// One for each name, so that each has a separate component.
template <class T, class Named>
inline constexpr PartialOps partial_ops{
    [](void* partial) -> std::uint64_t* { return &static_cast<Partial<T>*>(static_cast<Named*>(partial))->given(); }};

template <class T, class Named>
constexpr Type make_partial_type() {
  static_assert(std::is_aggregate_v<T>, "serval: Partial<T> takes plain structs only");
  static_assert(collected_members<T>.count <= 64,
                "serval: Partial<T> takes a model of at most 64 members, those of its Extends members included");
  static_assert(
      sizeof(Named) == sizeof(Partial<T>),
      "serval: a struct that derives from a Partial must not have members of its own; it only gives it a name");
  Type type;
  type.kind = Kind::partial;
  type.name = type_name<Named>();
  type.full_name = full_type_name<Named>();
  type.element = &type_of<T>;
  type.model = &model_of<T>;
  type.ops.partial = &partial_ops<T, Named>;
  return type;
}

template <class T>
struct WrapperType<Partial<T>> {
  static constexpr bool known = true;
  static constexpr Type make() { return make_partial_type<T, Partial<T>>(); }
};
template <NamedPartial T>
struct WrapperType<T> {
  static constexpr bool known = true;
  static constexpr Type make() { return make_partial_type<typename T::PartialOf, T>(); }
};
template <class T, std::size_t N>
struct WrapperType<std::array<T, N>> {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type;
    type.kind = Kind::list;
    type.element = &type_of<T>;
    type.ops.sequence = &array_ops<std::array<T, N>>;
    return type;
  }
};
template <class L, LiteralArg... Values>
inline constexpr LiteralOps literal_ops{
    .values = literal_values<Values...>.data(),
    .count = sizeof...(Values),
    .store = [](void* literal, std::size_t index) { LiteralAccess::set(*static_cast<L*>(literal), index); },
    .load = [](const void* literal) -> std::size_t { return static_cast<const L*>(literal)->index(); }};

template <LiteralArg... Values>
struct WrapperType<Literal<Values...>> {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type;
    type.kind = Kind::literal;
    type.ops.literal = &literal_ops<Literal<Values...>, Values...>;
    return type;
  }
};

template <class... Ts>
inline constexpr std::array<const Type*, sizeof...(Ts)> parts_of{&type_of<Ts>...};

template <class... Ts>
struct WrapperType<std::tuple<Ts...>> {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type;
    type.kind = Kind::tuple;
    type.parts = parts_of<Ts...>.data();
    type.part_count = sizeof...(Ts);
    type.ops.tuple = &tuple_ops<std::tuple<Ts...>>;
    return type;
  }
};
template <class A, class B>
struct WrapperType<std::pair<A, B>> {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type = make_type<std::tuple<A, B>>();
    type.ops.tuple = &tuple_ops<std::pair<A, B>>;
    return type;
  }
};
template <class... Ts>
struct WrapperType<std::variant<Ts...>> {
  static constexpr bool known = true;
  static constexpr Type make() {
    Type type;
    type.kind = Kind::variant;
    type.parts = parts_of<Ts...>.data();
    type.part_count = sizeof...(Ts);
    type.ops.variant = &variant_ops<std::variant<Ts...>>;
    return type;
  }
};

}  // namespace serval::detail
