// SPDX-License-Identifier: MIT
#include <serval/params/security_scopes.hpp>

namespace serval {

std::string SecurityScopes::scope_str() const {
  std::string text;
  for (const std::string& scope : scopes) text += (text.empty() ? "" : " ") + scope;
  return text;
}

}  // namespace serval
