// SPDX-License-Identifier: MIT
#include <serval/params/security_scopes.hpp>

#include "base/join.hpp"

namespace serval {

std::string SecurityScopes::scope_str() const { return detail::join(scopes, " "); }

}  // namespace serval
