// SPDX-License-Identifier: MIT
// Which members of a model are left out when it is written.
#pragma once

namespace serval {

/// Applies to models at every depth of an answer.
struct EncodeOptions {
  bool exclude_none = false;  ///< leaves out empty optionals
  bool exclude_unset =
      false;  ///< leaves out empty optionals, and `Default` members that were neither given nor assigned
  bool exclude_defaults = false;  ///< leaves out empty optionals, and `Default` members equal to their initialisers
};

}  // namespace serval
