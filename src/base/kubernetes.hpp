// SPDX-License-Identifier: MIT
// Variables that Kubernetes sets in the environment of each container for the services of its namespace.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/ascii.hpp"

namespace serval::detail {

/// Whether Kubernetes sets the variable for a service, here for one named "shop" or "shop-db":
/// SHOP_PORT=tcp://10.0.0.1:80, SHOP_PORT_80_TCP_ADDR, SHOP_DB_SERVICE_HOST.
[[nodiscard]] inline bool is_of_kubernetes(std::string_view name, std::string_view value) noexcept {
  constexpr std::string_view port = "_PORT_";
  const std::size_t found = name.find(port);
  const bool has_number =
      found != std::string_view::npos && found + port.size() < name.size() && is_digit(name[found + port.size()]);
  return has_number || value.starts_with("tcp://") || name.find("_SERVICE_HOST") != std::string_view::npos ||
         name.find("_SERVICE_PORT") != std::string_view::npos;
}

}  // namespace serval::detail
