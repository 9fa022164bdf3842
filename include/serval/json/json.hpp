// SPDX-License-Identifier: MIT
// JSON values that handlers build, take and return. The only public header that includes nlohmann's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace serval {

namespace detail {
template <class T, class = void>
struct JsonSerializer;
}  // namespace detail

/// A JSON value of nlohmann's library that keeps the order in which its members were written, and accepts every value
/// that a handler may return: models, optionals, enumerations (by name), dates, parameters, and containers of them, as
/// in `json{{"q", q}, {"item", item}}`. `get<T>()` reads the types that nlohmann's library reads, and enumerations by
/// name; `decode_json<T>(value)` reads everything.
/// Errors: `std::domain_error` for an enumerator without a name; `get<T>()` of an enumeration: as `decode_json`.
using json = nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool, std::int64_t, std::uint64_t,
                                  double, std::allocator, detail::JsonSerializer>;

}  // namespace serval

// The members of the class are compiled once, in the library: a program's own files compile up to a third faster.
extern template class nlohmann::basic_json<nlohmann::ordered_map, std::vector, std::string, bool, std::int64_t,
                                           std::uint64_t, double, std::allocator, serval::detail::JsonSerializer>;

namespace serval::schema {

/// How deep arrays and objects may be nested in the input of parse_json(). append_json() writes twice as many levels,
/// so that a value that was read can be put into a response.
inline constexpr std::size_t max_json_nesting = 1000;

/// Appends `value` as JSON: no white space, members in their order, only quotes, backslashes and control characters
/// escaped, invalid UTF-8 replaced by U+FFFD, numbers as Python writes them (1.0, 1e+16), NaN and infinities as null.
/// Throws std::domain_error for binary data and for nesting deeper than twice `max_json_nesting`; `out` is then
/// unchanged.
void append_json(std::string& out, const json& value);
void append_json(std::string& out, const nlohmann::json& value);
void append_json(std::string& out, const nlohmann::ordered_json& value);

/// The text that append_json() appends.
[[nodiscard]] std::string to_text(const json& value);

/// Reads a JSON text in UTF-8, UTF-16 or UTF-32. If a key is repeated, the last value counts; an integer beyond 64 bits
/// becomes a double; a number beyond the range of double becomes infinite. Throws std::invalid_argument: "Expecting
/// value: line 1 column 1 (char 0)".
[[nodiscard]] json parse_json(std::string_view text);

}  // namespace serval::schema

namespace serval {

namespace detail {

// Compiled in the library, so that the most common values do not instantiate nlohmann's templates in a program's own
// files.
void assign_bool(json& out, bool value);
void assign_int(json& out, std::int64_t value);
void assign_uint(json& out, std::uint64_t value);
/// The double of the same digits: 0.1f is 0.1.
void assign_float(json& out, float value);
void assign_double(json& out, double value);
/// A null pointer is null.
void assign_text(json& out, const char* text);
void assign_text(json& out, std::string_view text);
void assign_text(json& out, std::string&& text);

template <class T>
inline constexpr bool is_plain_text = false;
template <>
inline constexpr bool is_plain_text<std::string> = true;
template <>
inline constexpr bool is_plain_text<std::string_view> = true;
template <>
inline constexpr bool is_plain_text<const char*> = true;
template <>
inline constexpr bool is_plain_text<char*> = true;
template <std::size_t N>
inline constexpr bool is_plain_text<char[N]> = true;

/// Converts all other types to a `json` and back. Only declared here: schema/json_hook.hpp, which <serval/serval.hpp>
/// includes, defines it with their descriptors. A file without it can put only texts, numbers and JSON values into a
/// `json`.
template <class T>
struct JsonHook;

/// A separate concept, since clang 14 instantiates `JsonHook<T>` with the class below, regardless of the conditions
/// before it.
template <class T>
concept JsonWritable = std::is_arithmetic_v<T> || is_plain_text<T> || JsonHook<T>::takes;

/// The serializer that nlohmann's library uses for each type that it finds as a value.
template <class T, class>
struct JsonSerializer {
  template <class U>
  requires JsonWritable<T>
  static void to_json(json& out, U&& value) {
    if constexpr (std::is_same_v<T, bool>) {
      assign_bool(out, value);
    } else if constexpr (std::is_same_v<T, float>) {
      assign_float(out, value);
    } else if constexpr (std::is_floating_point_v<T>) {
      assign_double(out, static_cast<double>(value));
    } else if constexpr (std::is_arithmetic_v<T>) {
      if constexpr (std::is_signed_v<T>)
        assign_int(out, value);
      else
        assign_uint(out, value);
    } else if constexpr (is_plain_text<T>) {
      assign_text(out, std::forward<U>(value));
    } else {
      JsonHook<T>::write(out, std::forward<U>(value));
    }
  }

  template <class U>
  requires std::is_enum_v<U> && JsonHook<U>::reads static void from_json(const json& from, U& to) {
    JsonHook<U>::read(from, to);
  }

  // For types that nlohmann's library reads, and types with their own from_json.
  template <class J, class U>
  requires(!std::is_enum_v<U>) ||
      (!JsonHook<U>::reads) static auto from_json(J&& from, U& to)
          -> decltype(nlohmann::adl_serializer<U>::from_json(std::forward<J>(from), to), void()) {
    nlohmann::adl_serializer<U>::from_json(std::forward<J>(from), to);
  }
  template <class J>
  static auto from_json(J&& from) -> decltype(nlohmann::adl_serializer<T>::from_json(std::forward<J>(from))) {
    return nlohmann::adl_serializer<T>::from_json(std::forward<J>(from));
  }
};

}  // namespace detail
}  // namespace serval
