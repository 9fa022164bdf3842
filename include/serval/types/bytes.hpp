// SPDX-License-Identifier: MIT
// Binary data in JSON.
#pragma once

#include <string>
#include <utility>

#include <serval/types/text_ops_of.hpp>

namespace serval {

/// Bytes that are UTF-8 on the wire; invalid UTF-8 is replaced when written. Length rules count bytes.
class Bytes : public std::string {
 public:
  using std::string::string;
  Bytes() = default;
  Bytes(std::string bytes) : std::string(std::move(bytes)) {}  // implicit: the same bytes
};

/// Bytes that are base64 on the wire (RFC 4648). Both alphabets are read, padding may be left out; they are written
/// with the URL-safe alphabet and padding. Length rules count bytes, not characters.
class Base64Bytes : public std::string {
 public:
  using std::string::string;
  Base64Bytes() = default;
  Base64Bytes(std::string bytes) : std::string(std::move(bytes)) {}  // implicit: the same bytes
};

namespace detail {
extern const TextOps bytes_ops;
extern const TextOps base64_ops;
template <>
inline constexpr const TextOps* text_ops_of<Bytes> = &bytes_ops;
template <>
inline constexpr const TextOps* text_ops_of<Base64Bytes> = &base64_ops;
}  // namespace detail

}  // namespace serval
