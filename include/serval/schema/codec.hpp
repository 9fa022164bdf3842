// SPDX-License-Identifier: MIT
// JSON text from a value and back, for use outside of handlers: files, queues, tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <serval/schema/encode_options.hpp>
#include <serval/schema/type_of.hpp>

namespace serval {

namespace detail {
void encode_value(std::string& out, const Type& type, const void* value, const EncodeOptions& options);
void decode_text(std::string_view text, const Type& type, void* out);
}  // namespace detail

/// A value as JSON text, as a handler's answer would be.
/// Errors: `std::domain_error` for an enumerator without a name.
template <class T>
[[nodiscard]] std::string encode_json(const T& value, const EncodeOptions& options = {}) {
  std::string out;
  detail::encode_value(out, detail::type_of<T>, &value, options);
  return out;
}

/// A value from JSON text, by the rules of a request's body.
/// Errors: `ValidationError` with every fault, its places without the leading "body".
template <class T>
[[nodiscard]] T decode_json(std::string_view text) {
  T value{};
  detail::decode_text(text, detail::type_of<T>, &value);
  return value;
}

}  // namespace serval
