// SPDX-License-Identifier: MIT
// The security requirements of an operation, as the document shows them.
#pragma once

#include <string>
#include <vector>

#include <serval/openapi/part.hpp>

namespace serval::openapi {

/// One security scheme that an operation requires. Schemes with the same name become one entry with all their scopes.
struct SecurityRequirement {
  std::string scheme{};               ///< its name in the document: "HTTPBearer"
  Part definition{};                  ///< the Security Scheme Object: `{{"type", "http"}, {"scheme", "bearer"}}`
  std::vector<std::string> scopes{};  ///< the required scopes, in order
};

}  // namespace serval::openapi
