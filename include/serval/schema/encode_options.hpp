// SPDX-License-Identifier: MIT
// Which members of a model are left out when it is written, and what the others are called.
#pragma once

#include <string>
#include <vector>

namespace serval::schema {

/// Applies to models at every depth of an answer.
struct EncodeOptions {
  /// Whether empty optionals are left out.
  bool exclude_none = false;
  /// Whether empty optionals, and `Default` members that were neither given nor assigned and still hold their
  /// initialisers, are left out. A null that was given for a `Default` or a member of a `Partial` is kept.
  bool exclude_unset = false;
  /// Whether empty optionals, and `Default` members that equal their initialisers, are left out.
  bool exclude_defaults = false;
  /// Whether members have their names on the wire. False: their names in C++.
  bool by_alias = true;
  /// The members of the outermost model to write, by their names in C++; those of inner ones with dots, "owner.name".
  /// Lists are looked through. Default, empty: all. Costs time: meant for small answers.
  std::vector<std::string> include{};
  /// The members to leave out, in the same way; wins over `include`.
  std::vector<std::string> exclude{};
};

}  // namespace serval::schema
