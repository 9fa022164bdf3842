// SPDX-License-Identifier: MIT
// Which members of a model are left out when it is written, and the names of the others.
#pragma once

#include <string>
#include <vector>

namespace serval::schema {

/// Options that apply to models at every depth of a response.
struct EncodeOptions {
  /// Whether empty optionals are left out.
  bool exclude_none = false;
  /// Whether empty optionals, and `Default` members that were neither given nor assigned and still hold their
  /// initialisers, are left out. An explicit null for a `Default` or a member of a `Partial` is kept.
  bool exclude_unset = false;
  /// Whether empty optionals, and `Default` members that equal their initialisers, are left out.
  bool exclude_defaults = false;
  /// Whether members are written with their names on the wire. False: with their C++ names.
  bool by_alias = true;
  /// The members of the outermost model to write, by their C++ names; members of inner models with dots, "owner.name",
  /// also inside lists. Default, empty: all. This costs time and is meant for small responses.
  std::vector<std::string> include{};
  /// The members to leave out, in the same form; takes precedence over `include`.
  std::vector<std::string> exclude{};
};

}  // namespace serval::schema
