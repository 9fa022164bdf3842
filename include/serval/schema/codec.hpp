// SPDX-License-Identifier: MIT
// Converts values to JSON and back, for use outside of handlers: files, queues, tests, and for handlers that build a
// `json`.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <serval/json/json.hpp>
#include <serval/schema/encode_options.hpp>
#include <serval/schema/enumeration.hpp>
#include <serval/schema/errors.hpp>
#include <serval/schema/type_of.hpp>

namespace serval {

namespace detail {
void encode_value(std::string& out, const Type& type, const void* value, const schema::EncodeOptions& options);
void decode_text(std::string_view text, const Type& type, void* out);
void decode_request_text(std::string_view text, std::span<const schema::Issue::Place> loc, const Type& type, void* out);
json encode_as_json(const Type& type, const void* value, const schema::EncodeOptions& options);
std::string_view name_of(const EnumerationOps& enumeration, std::string_view type, std::int64_t value);
std::optional<std::int64_t> value_of(const EnumerationOps& enumeration, std::string_view name) noexcept;
}  // namespace detail

/// A value as JSON text, as in a handler's response. Errors: `std::domain_error` for an enumerator without a name, and
/// for a date, time or duration that has no text form; the message names the member.
template <class T>
[[nodiscard]] std::string encode_json(const T& value, const schema::EncodeOptions& options = {}) {
  std::string out;
  detail::encode_value(out, detail::type_of<T>, &value, options);
  return out;
}

/// A value from JSON text, by the rules of a request's body: a row, a message, a file. For text that a client sent see
/// `decode_request_json`.
/// Errors: `DecodeError` with all errors.
template <class T>
[[nodiscard]] T decode_json(std::string_view text) {
  T value{};
  detail::decode_text(text, detail::type_of<T>, &value);
  return value;
}

/// A value from JSON text of a request, for code that reads it itself, such as an `Argument<T>`:
/// `decode_request_json<Order>(request.body())`. `loc`: the location of the text in the request, which is the beginning
/// of each issue's location.
/// Errors: `ValidationError` with all errors: the client gets a 422.
template <class T>
[[nodiscard]] T decode_request_json(std::string_view text, const std::vector<schema::Issue::Place>& loc = {"body"}) {
  T value{};
  detail::decode_request_text(text, loc, detail::type_of<T>, &value);
  return value;
}

/// A value as the JSON value that `encode_json` writes, with the options of a response:
/// `json{{"item", as_json(item, {.exclude_unset = true})}}`. Without options it equals `json(value)`.
/// Errors: as `encode_json`.
template <class T>
[[nodiscard]] json as_json(const T& value, const schema::EncodeOptions& options = {}) {
  return detail::encode_as_json(detail::type_of<T>, &value, options);
}
/// A string literal becomes a text.
[[nodiscard]] inline json as_json(const char* text, const schema::EncodeOptions& options = {}) {
  return as_json(std::string_view(text), options);
}

/// A value from a JSON value, by the rules of a request's body. Errors: as from text.
template <class T, std::same_as<json> J>
[[nodiscard]] T decode_json(const J& value) {
  return decode_json<T>(std::string_view(schema::to_text(value)));
}

/// The name of an enumerator on the wire: its C++ name, or the one in `enum_names`. The text is static.
/// Errors: `std::domain_error` for a value without a name.
template <class E>
requires std::is_enum_v<E>
[[nodiscard]] std::string_view enum_name(E value) {
  return detail::name_of(detail::enumeration_ops<E>, detail::type_name<E>(), static_cast<std::int64_t>(value));
}

/// The enumerator with that name on the wire, in exact case; nothing if there is none: `enum_value<Color>("red")`.
template <class E>
requires std::is_enum_v<E>
[[nodiscard]] std::optional<E> enum_value(std::string_view name) {
  const auto found = detail::value_of(detail::enumeration_ops<E>, name);
  return found ? std::optional(static_cast<E>(*found)) : std::nullopt;
}

}  // namespace serval
