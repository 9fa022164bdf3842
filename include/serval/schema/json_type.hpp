// SPDX-License-Identifier: MIT
// Members and returns that are JSON values, or types that nlohmann's library converts (`to_json`, `from_json`).
#pragma once

#include <exception>
#include <string>
#include <type_traits>
#include <utility>

#include <serval/json/json.hpp>
#include <serval/schema/ops.hpp>

namespace serval::detail {

template <class T>
inline constexpr bool is_json_value =
    std::is_same_v<T, json> || std::is_same_v<T, nlohmann::json> || std::is_same_v<T, nlohmann::ordered_json>;

// A class with its own conversions, found as nlohmann finds them: in the namespace of the class, or in an
// adl_serializer. They may be templates, or written only for nlohmann::json, as by NLOHMANN_DEFINE_TYPE_INTRUSIVE of
// 3.11.2, or for nlohmann::ordered_json.
template <class T, class J>
concept WritesAs = std::is_class_v<T> && requires(J& value, const T& object) {
  to_json(value, object);
};
template <class T, class J>
concept ReadsAs = std::is_class_v<T> && requires(const J& value, T& object) {
  from_json(value, object);
};
/// An adl_serializer that the user has specialised: the primary template of nlohmann's library has a template member
/// there.
template <class T>
concept HasSerializer = std::is_class_v<T> && requires {
  &nlohmann::adl_serializer<T>::to_json;
};
template <class T>
concept HasReadingSerializer = HasSerializer<T> && requires(const nlohmann::json& from, T& to) {
  nlohmann::adl_serializer<T>::from_json(from, to);
};
template <class T>
concept WritesJson = !is_json_value<T> && (WritesAs<T, json> || WritesAs<T, nlohmann::json> ||
                                           WritesAs<T, nlohmann::ordered_json> || HasSerializer<T>);
template <class T>
concept ReadsJson = !is_json_value<T> && (ReadsAs<T, json> || ReadsAs<T, nlohmann::json> ||
                                          ReadsAs<T, nlohmann::ordered_json> || HasReadingSerializer<T>);

/// The same value in another of nlohmann's forms.
[[nodiscard]] nlohmann::json sorted(const json& value);
[[nodiscard]] nlohmann::ordered_json ordered(const json& value);
void assign(json& out, const nlohmann::json& value);
void assign(json& out, const nlohmann::ordered_json& value);

/// The JSON type for which the conversions of a class or an enumeration are written.
template <class T>
constexpr auto own_form() {
  if constexpr (requires(json & out, const T& value) { to_json(out, value); }) {
    return static_cast<json*>(nullptr);
  } else if constexpr (requires(nlohmann::json & out, const T& value) { to_json(out, value); }) {
    return static_cast<nlohmann::json*>(nullptr);
  } else if constexpr (requires(nlohmann::ordered_json & out, const T& value) { to_json(out, value); }) {
    return static_cast<nlohmann::ordered_json*>(nullptr);
  } else if constexpr (requires(json & out, const T& value) { nlohmann::adl_serializer<T>::to_json(out, value); }) {
    return static_cast<json*>(nullptr);
  } else if constexpr (requires(nlohmann::json & out, const T& value) {
                         nlohmann::adl_serializer<T>::to_json(out, value);
                       }) {
    return static_cast<nlohmann::json*>(nullptr);
  } else {
    return static_cast<nlohmann::ordered_json*>(nullptr);
  }
}

template <class T>
void write_own(json& out, const T& value) {
  using Form = std::remove_pointer_t<decltype(own_form<T>())>;
  if constexpr (std::is_same_v<Form, json>) {
    nlohmann::adl_serializer<T>::to_json(out, value);
  } else {
    Form own;
    nlohmann::adl_serializer<T>::to_json(own, value);
    assign(out, std::as_const(own));
  }
}

template <class T>
void read_own(const json& from, T& to) {
  if constexpr (requires { nlohmann::adl_serializer<T>::from_json(from, to); }) {
    nlohmann::adl_serializer<T>::from_json(from, to);
  } else if constexpr (requires(const nlohmann::json& own) { nlohmann::adl_serializer<T>::from_json(own, to); }) {
    nlohmann::adl_serializer<T>::from_json(sorted(from), to);
  } else {
    nlohmann::adl_serializer<T>::from_json(ordered(from), to);
  }
}

template <class T>
bool assign_json(void* value, void* source, std::string& error) {
  if constexpr (ReadsJson<T>) {
    try {
      read_own(*static_cast<const json*>(source), *static_cast<T*>(value));
      return true;
    } catch (const std::exception& fault) {
      error = fault.what();
      return false;
    }
  } else {
    error = "this type cannot be read";
    return false;
  }
}

template <class T>
void store_json(void* out, const void* value) {
  write_own(*static_cast<json*>(out), *static_cast<const T*>(value));
}

template <class T>
inline constexpr JsonOps own_json_ops{
    .assign = assign_json<T>, .store = store_json<T>, .append = nullptr, .any = false};

// Compiled once: nearly every program has JSON values, and moving one needs a large part of nlohmann's library.
extern const JsonOps json_value_ops;
extern const JsonOps sorted_json_ops;
extern const JsonOps ordered_json_ops;

template <class T>
inline constexpr const JsonOps* json_ops = &own_json_ops<T>;
template <>
inline constexpr const JsonOps* json_ops<json> = &json_value_ops;
template <>
inline constexpr const JsonOps* json_ops<nlohmann::json> = &sorted_json_ops;
template <>
inline constexpr const JsonOps* json_ops<nlohmann::ordered_json> = &ordered_json_ops;

}  // namespace serval::detail
