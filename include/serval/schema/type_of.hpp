// SPDX-License-Identifier: MIT
// Makes the descriptor of a C++ type. For your own types see `Convert` below.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/schema/chrono_type.hpp>
#include <serval/schema/describe.hpp>
#include <serval/schema/enumeration.hpp>
#include <serval/schema/json_type.hpp>
#include <serval/schema/model.hpp>
#include <serval/schema/ops.hpp>
#include <serval/schema/wrapper_type.hpp>
#include <serval/types/uuid.hpp>

namespace serval {

/// Represents your own type by another one on the wire; specialise it:
/// ```
/// template <> struct serval::Convert<Money> {
///   static Money from_wire(const std::string& text);   // a `std::logic_error` becomes a `value_error` with its text
///   static std::string to_wire(const Money& money);
///   static constexpr std::string_view schema = R"({"type":"string","format":"money"})";  // may be left out
///   static constexpr std::string_view output_schema = R"({"type":"string"})";  // for responses, if it differs
/// };
/// ```
template <class T>
struct Convert {
  static constexpr bool not_specialised = true;
};

namespace detail {

template <class T>
concept HasConvert = !requires {
  Convert<T>::not_specialised;
};

template <class T>
concept Character = std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char8_t> ||
    std::same_as<T, char16_t> || std::same_as<T, char32_t>;

template <class T>
concept MapLike = requires {
  typename T::key_type;
  typename T::mapped_type;
  typename T::value_type;
};
template <class T>
concept SetLike = !MapLike<T> && requires(T & set) {
  typename T::key_type;
  set.insert(std::declval<typename T::value_type>());
};
template <class T>
concept ListLike = !MapLike<T> && !SetLike<T> && requires(T & list) {
  typename T::value_type;
  list.begin();
  list.insert(list.end(), std::declval<typename T::value_type>());
  list.clear();
};

template <class T>
concept IsStandard = full_type_name<T>()
.starts_with("std::");

template <class T>
constexpr std::string_view custom_schema() {
  if constexpr (requires { Convert<T>::schema; }) {
    return Convert<T>::schema;
  } else {
    return {};
  }
}

template <class T>
constexpr std::string_view custom_output_schema() {
  if constexpr (requires { Convert<T>::output_schema; }) {
    return Convert<T>::output_schema;
  } else {
    return {};
  }
}

template <class T, class Wire>
inline constexpr CustomOps custom_ops = make_custom_ops<T, Wire, &Convert<T>::from_wire, &Convert<T>::to_wire>(
    &type_of<Wire>, custom_schema<T>(), custom_output_schema<T>());

template <class T>
constexpr Type make_custom_type() {
  using Wire = std::remove_cvref_t<decltype(Convert<T>::to_wire(std::declval<const T&>()))>;
  Type type;
  type.kind = Kind::custom;
  type.name = type_name<T>();
  type.full_name = full_type_name<T>();
  type.ops.custom = &custom_ops<T, Wire>;
  return type;
}

template <class T>
constexpr Type make_arithmetic_type() {
  static_assert(!Character<T>,
                "serval: a character type has no JSON form; use std::string, or std::int8_t for a small number");
  static_assert(sizeof(T) <= 8,
                "serval: long double and 128-bit integers have no JSON form; use double or std::int64_t");
  Type type;
  type.bytes = sizeof(T);
  if constexpr (std::same_as<T, bool>) {
    type.kind = Kind::boolean;
  } else {
    type.kind = std::integral<T> ? Kind::integer : Kind::number;
    type.is_signed = std::is_signed_v<T>;
  }
  return type;
}

template <class T>
constexpr Type make_container_type() {
  Type type;
  if constexpr (MapLike<T>) {
    type.kind = Kind::map;
    type.key = &type_of<typename T::key_type>;
    type.element = &type_of<typename T::mapped_type>;
    type.ops.map = &map_ops<T>;
  } else {
    type.kind = SetLike<T> ? Kind::set : Kind::list;
    type.element = &type_of<typename T::value_type>;
    type.ops.sequence = &sequence_ops<T>;
  }
  return type;
}

template <class T>
constexpr Type make_enumeration_type() {
  Type type;
  type.kind = Kind::enumeration;
  type.bytes = sizeof(T);
  type.is_signed = std::is_signed_v<std::underlying_type_t<T>>;
  type.name = type_name<T>();
  type.full_name = full_type_name<T>();
  type.ops.enumeration = &enumeration_ops<T>;
  return type;
}

template <class T>
constexpr Type make_model_type() {
  static_assert(!std::is_pointer_v<T> && !std::is_reference_v<T>,
                "serval: a pointer or reference cannot be a member of a model; use the value or std::optional");
  static_assert(std::is_class_v<T>, "serval: this type has no JSON form; specialise serval::Convert for it");
  static_assert(
      std::is_aggregate_v<T> || Described<T>,
      "serval: this class is not an aggregate (it has constructors, private members or virtual functions), so serval "
      "cannot see its members; give it a describe() function or to_json and from_json, specialise serval::Convert, or "
      "make it a plain struct");
  static_assert(std::is_default_constructible_v<T>, "serval: a model must be default-constructible");
  Type type;
  type.kind = Kind::model;
  type.name = type_name<T>();
  type.full_name = full_type_name<T>();
  type.model = &model_of<T>;
  return type;
}

template <class T>
constexpr Type make_json_type() {
  Type type;
  type.kind = Kind::json;
  type.read_only = !is_json_value<T> && !ReadsJson<T>;
  type.ops.json = json_ops<T>;
  return type;
}

template <class T>
constexpr Type make_type() {
  if constexpr (is_json_value<T>) {
    return make_json_type<T>();  // before the tests below, which take long to compile for such a large class
  } else if constexpr (HasConvert<T>) {
    return make_custom_type<T>();
  } else if constexpr (WrapperType<T>::known) {
    return WrapperType<T>::make();
  } else if constexpr (std::is_arithmetic_v<T>) {
    return make_arithmetic_type<T>();
  } else if constexpr (std::is_enum_v<T>) {
    return make_enumeration_type<T>();
  } else if constexpr (std::same_as<T, std::string> || std::same_as<T, std::string_view>) {
    Type type;
    type.kind = Kind::string;
    type.read_only = std::same_as<T, std::string_view>;
    return type;
  } else if constexpr (std::same_as<T, Uuid>) {
    return Type{.kind = Kind::uuid};
  } else if constexpr (ChronoType<T>::known) {
    Type type;
    type.kind = ChronoType<T>::kind;
    type.ops.scalar = ChronoType<T>::ops;
    return type;
  } else if constexpr (Described<T>) {
    return make_model_type<T>();
  } else if constexpr (IsStandard<T> && (MapLike<T> || SetLike<T> || ListLike<T>)) {
    return make_container_type<T>();  // before nlohmann's conversions, which also know the standard containers
  } else if constexpr (WritesJson<T> || ReadsJson<T>) {
    return make_json_type<T>();
  } else if constexpr (MapLike<T> || SetLike<T> || ListLike<T>) {
    return make_container_type<T>();
  } else {
    return make_model_type<T>();
  }
}

}  // namespace detail
}  // namespace serval

#include <serval/schema/json_hook.hpp>  // defines what json.hpp declares
