// SPDX-License-Identifier: MIT
// Variables that Kubernetes sets in the environment of each container for the services of its namespace.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/ascii.hpp"

namespace serval::detail {

/// Whether a value is the address of a service, as Kubernetes writes it: "tcp://10.0.0.1:80".
[[nodiscard]] inline bool is_kubernetes_address(std::string_view value) noexcept {
  return value.starts_with("tcp://") || value.starts_with("udp://") || value.starts_with("sctp://");
}

/// Whether Kubernetes sets the variable for a service, here for one named "shop" or "shop-db":
/// SHOP_PORT=tcp://10.0.0.1:80, SHOP_PORT_80_TCP_ADDR, SHOP_DB_SERVICE_HOST.
[[nodiscard]] inline bool is_of_kubernetes(std::string_view name, std::string_view value) noexcept {
  constexpr std::string_view port = "_PORT_";
  const std::size_t found = name.find(port);
  const bool has_number =
      found != std::string_view::npos && found + port.size() < name.size() && is_digit(name[found + port.size()]);
  return has_number || is_kubernetes_address(value) || name.find("_SERVICE_HOST") != std::string_view::npos ||
         name.find("_SERVICE_PORT") != std::string_view::npos;
}

}  // namespace serval::detail
