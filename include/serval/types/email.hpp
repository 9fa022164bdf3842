// SPDX-License-Identifier: MIT
// E-mail addresses as a type of parameters and members.
#pragma once

#include <string>
#include <string_view>

#include <serval/types/text_ops_of.hpp>

namespace serval {

/// An e-mail address (RFC 5321 mailbox, no quoted names, no address literals), with its domain in lower case; "Ann
/// <ann@example.com>" gives the address. It is not checked whether the address exists. Default: empty, which no input
/// can be. Non-ASCII domains are unchanged.
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
