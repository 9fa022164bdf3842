// SPDX-License-Identifier: MIT
// Environment variables: the only place of the library that reads them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace serval::detail {

/// A variable's value; nothing if it is not set. Thread safety: see `environment_with_prefix`.
[[nodiscard]] std::optional<std::string> environment(const std::string& name);

/// All variables whose names begin with `prefix`, by name. Thread safety: as for `std::getenv`, several threads may
/// call these functions at once, but none while another changes the environment. The library itself never changes it.
[[nodiscard]] std::map<std::string, std::string> environment_with_prefix(std::string_view prefix);

}  // namespace serval::detail
