// SPDX-License-Identifier: MIT
// E-mail addresses as a type of parameters and members.
#pragma once

#include <string>
#include <string_view>

#include <serval/types/text_ops_of.hpp>

namespace serval {

/// An e-mail address (RFC 5321 mailbox, no quoted names, no address literals), its domain in lower case; of
/// "Ann <ann@example.com>" the address. Whether it exists is not asked. Default: empty, which no input can be.
/// Domains beyond ASCII are kept as they came.
class Email : public std::string {
 public:
  Email() = default;
  /// Throws std::invalid_argument that says what is wrong with `text`.
  explicit Email(std::string_view text);
};

namespace detail {
extern const TextOps email_ops;
template <>
inline constexpr const TextOps* text_ops_of<Email> = &email_ops;
}  // namespace detail

}  // namespace serval
