// SPDX-License-Identifier: MIT
// Which members of a model are left out when it is written, and what the others are called.
#pragma once

#include <string>
#include <vector>

namespace serval {

/// Applies to models at every depth of an answer.
struct EncodeOptions {
  bool exclude_none = false;  ///< leaves out empty optionals
  /// Leaves out empty optionals, and `Default` members that were neither given nor assigned.
  bool exclude_unset = false;
  bool exclude_defaults = false;  ///< leaves out empty optionals, and `Default` members equal to their initialisers
  bool by_alias = true;           ///< false: members by their names in C++
  /// The members of the outermost model to write, by their names in C++; those of inner ones with dots, "owner.name".
  /// Lists are looked through. Default, empty: all. Costs time: meant for small answers.
  std::vector<std::string> include{};
  /// The members to leave out, in the same way; wins over `include`.
  std::vector<std::string> exclude{};
};

}  // namespace serval
