// SPDX-License-Identifier: MIT
// The fields of a request that a route reads, for middleware: names in lower case, sorted, each once.
#pragma once

#include <string>
#include <vector>

#include <serval/params/binding.hpp>

namespace serval::detail {

/// Those of `Header` and `Cookie` parameters, also of dependencies.
[[nodiscard]] std::vector<std::string> parameter_fields(const Binding& binding);
/// Those in which its security schemes expect credentials (OpenAPI 3.1.0 section 4.8.27).
[[nodiscard]] std::vector<std::string> credential_fields(const Binding& binding);

}  // namespace serval::detail
