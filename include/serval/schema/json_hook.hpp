// SPDX-License-Identifier: MIT
// Converts values of all types to a `json`: by their descriptors, as responses show them, or with nlohmann's
// conversions for types that serval cannot describe.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include <serval/schema/type_of.hpp>

namespace serval::detail {

/// Replaces `out` by a value of the described type.
void encode_node(json& out, const Type& type, const void* value);
/// Reads an enumerator by its name. Errors: as `decode_json`.
void decode_node(const json& from, const Type& type, void* out);

// An enumeration with its own conversions, from NLOHMANN_JSON_SERIALIZE_ENUM or hand-written, keeps them. The test uses
// types of this namespace, so that it does not find nlohmann's conversion of every enumeration to its number.
namespace json_probe {
struct Ours {
  operator json&() const;
};
struct Sorted {
  operator nlohmann::json&() const;
};
struct Ordered {
  operator nlohmann::ordered_json&() const;
};
template <class T, class J>
concept Takes = requires(J& out, const T& value) {
  to_json(out, value);
};
}  // namespace json_probe

template <class T>
concept ConvertsItself = json_probe::Takes<T, json_probe::Ours> || json_probe::Takes<T, json_probe::Sorted> ||
    json_probe::Takes<T, json_probe::Ordered>;

/// Whether `make_type<T>()` supports the type, tested without instantiating it and in the same order.
template <class T>
constexpr bool has_type();

template <class T>
inline constexpr bool parts_have_types = true;
template <class A, class B>
inline constexpr bool parts_have_types<std::pair<A, B>> = has_type<A>() && has_type<B>();
template <class... Ts>
inline constexpr bool parts_have_types<std::tuple<Ts...>> = (true && ... && has_type<Ts>());
template <class T, std::size_t N>
inline constexpr bool parts_have_types<std::array<T, N>> = has_type<T>();

/// Containers of JSON values are left to nlohmann's library, which is faster for them.
template <class T>
constexpr bool elements_have_types() {
  if constexpr (MapLike<T>) {
    using Key = typename T::key_type;
    using Value = typename T::mapped_type;
    return !(is_json_value<Value> && std::is_same_v<Key, std::string>)&&has_type<Key>() && has_type<Value>();
  } else {
    return !is_json_value<typename T::value_type> && has_type<typename T::value_type>();
  }
}

template <class T>
constexpr bool has_type() {
  if constexpr (std::is_arithmetic_v<T>) {
    return !Character<T> && sizeof(T) <= 8;
  } else if constexpr (std::is_enum_v<T>) {
    return !ConvertsItself<T>;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return true;
  } else if constexpr (!std::is_class_v<T>) {
    return HasConvert<T>;
  } else if constexpr (std::is_same_v<T, json::binary_t>) {
    return false;  // not a list of numbers
  } else if constexpr (is_json_value<T> || HasConvert<T>) {
    return true;
  } else if constexpr (WrapperType<T>::known) {
    return parts_have_types<T>;
  } else if constexpr (std::is_same_v<T, std::string_view> || std::is_same_v<T, Uuid> || ChronoType<T>::known ||
                       Described<T>) {
    return true;
  } else if constexpr (IsStandard<T> && (MapLike<T> || SetLike<T> || ListLike<T>)) {
    return elements_have_types<T>();
  } else if constexpr (WritesJson<T>) {
    return true;
  } else if constexpr (MapLike<T> || SetLike<T> || ListLike<T>) {
    return elements_have_types<T>();
  } else {
    return std::is_aggregate_v<T> && std::is_default_constructible_v<T>;
  }
}

// Classes of nlohmann's library and of reflection that are not values and must not be accepted as such.
template <class T>
inline constexpr bool is_no_value =
    nlohmann::detail::is_basic_json<T>::value || nlohmann::detail::is_json_ref<T>::value;
template <>
inline constexpr bool is_no_value<AnyMember> = true;
template <class T>
inline constexpr bool is_no_value<AnyBase<T>> = true;
template <class T>
inline constexpr bool is_no_value<std::initializer_list<T>> = true;
template <class J>
inline constexpr bool is_no_value<nlohmann::detail::iter_impl<J>> = true;
template <class I>
inline constexpr bool is_no_value<nlohmann::detail::json_reverse_iterator<I>> = true;
template <>
inline constexpr bool is_no_value<nlohmann::detail::value_t> = true;
template <>
inline constexpr bool is_no_value<std::nullopt_t> = true;
template <>
inline constexpr bool is_no_value<std::in_place_t> = true;

enum class JsonWay : std::uint8_t {
  described,
  own,    // the type's own to_json
  other,  // types that only nlohmann's library knows: C arrays, paths, lists of types that serval cannot describe
  none,
};

template <class T>
constexpr JsonWay json_way() {
  if constexpr (std::is_enum_v<T>) {
    return ConvertsItself<T> ? JsonWay::own : JsonWay::described;
  } else if constexpr (has_type<T>()) {
    return JsonWay::described;
  } else if constexpr (requires(json & out, const T& value) { nlohmann::to_json(out, value); }) {
    return JsonWay::other;
  } else {
    return JsonWay::none;
  }
}

template <class T>
struct JsonHook {
  /// A class without any conversion is also accepted, so that the one message below replaces the many of nlohmann's
  /// library.
  static constexpr bool takes = [] {
    if constexpr (is_no_value<T>)
      return false;
    else if constexpr (std::is_class_v<T> || std::is_enum_v<T> || std::is_pointer_v<T>)
      return true;
    else
      return json_way<T>() != JsonWay::none;
  }();

  /// Enumerations, so that a value that was written as a name is read as one. All other types are left to nlohmann's
  /// library: a `json` converts implicitly to every type that `get` reads, and the options of the test client or an
  /// optional `json` must not be made in this way.
  static constexpr bool reads = [] {
    if constexpr (is_no_value<T> || !std::is_enum_v<T>)
      return false;
    else
      return !ConvertsItself<T>;
  }();

  template <class U>
  static void write(json& out, U&& value) {
    constexpr JsonWay way = json_way<T>();
    static_assert(way != JsonWay::none,
                  "serval: this type has no JSON form, so it cannot become a json; make it a plain struct, give it a "
                  "describe() function or to_json and from_json, or specialise serval::Convert");
    // The constructor of `out` is still running: if an exception left a value in it, no destructor would free that.
    json made;
    if constexpr (way == JsonWay::described) {
      const T& described = value;
      encode_node(made, type_of<T>, &described);
    } else if constexpr (way == JsonWay::own) {
      write_own(made, static_cast<const T&>(value));
    } else if constexpr (way == JsonWay::other) {
      nlohmann::to_json(made, std::forward<U>(value));
    }
    out = std::move(made);
  }

  static void read(const json& from, T& to) { decode_node(from, type_of<T>, &to); }
};

}  // namespace serval::detail
