// SPDX-License-Identifier: MIT
// What an operation asks of a client's identity, as the document shows it.
#pragma once

#include <string>
#include <vector>

#include <serval/openapi/part.hpp>

namespace serval::openapi {

/// One scheme that an operation asks for. Those of one name are one entry, their scopes put together.
struct SecurityRequirement {
  std::string scheme{};               ///< its name in the document: "HTTPBearer"
  Part definition{};                  ///< the Security Scheme Object: `{{"type", "http"}, {"scheme", "bearer"}}`
  std::vector<std::string> scopes{};  ///< that the operation asks for, in order
};

}  // namespace serval::openapi
