// SPDX-License-Identifier: MIT
// Members and returns that are JSON values, or types that nlohmann's library converts (`to_json`, `from_json`).
#pragma once

#include <exception>
#include <string>
#include <type_traits>
#include <utility>

#include <serval/schema/json.hpp>
#include <serval/schema/ops.hpp>

namespace serval::detail {

template <class T>
inline constexpr bool is_json_value = std::is_same_v<T, json> || std::is_same_v<T, nlohmann::json>;

// A class with conversions of its own, found as nlohmann finds them: by the namespace of the class. They may be
// templates, or written for nlohmann::json alone, as NLOHMANN_DEFINE_TYPE_INTRUSIVE of 3.11.2 writes them.
template <class T, class J>
concept WritesAs = std::is_class_v<T> && requires(J& value, const T& object) {
  to_json(value, object);
};
template <class T, class J>
concept ReadsAs = std::is_class_v<T> && requires(const J& value, T& object) {
  from_json(value, object);
};
template <class T>
concept WritesJson = !is_json_value<T> && (WritesAs<T, json> || WritesAs<T, nlohmann::json>);
template <class T>
concept ReadsJson = !is_json_value<T> && (ReadsAs<T, json> || ReadsAs<T, nlohmann::json>);

/// The same value in the other of nlohmann's two forms.
[[nodiscard]] nlohmann::json sorted(const json& value);

template <class T>
void read_own(const json& from, T& to) {
  if constexpr (ReadsAs<T, json>) {
    from_json(from, to);
  } else {
    from_json(sorted(from), to);
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
void append_json_of(std::string& out, const void* value) {
  std::conditional_t<WritesAs<T, json>, json, nlohmann::json> converted;
  to_json(converted, *static_cast<const T*>(value));
  append_json(out, std::as_const(converted));
}

template <class T>
inline constexpr JsonOps own_json_ops{assign_json<T>, append_json_of<T>, false};

// Compiled once: nearly every program has JSON values, and to move one takes a good part of nlohmann's library.
extern const JsonOps ordered_json_ops;
extern const JsonOps sorted_json_ops;

template <class T>
inline constexpr const JsonOps* json_ops = &own_json_ops<T>;
template <>
inline constexpr const JsonOps* json_ops<json> = &ordered_json_ops;
template <>
inline constexpr const JsonOps* json_ops<nlohmann::json> = &sorted_json_ops;

}  // namespace serval::detail
