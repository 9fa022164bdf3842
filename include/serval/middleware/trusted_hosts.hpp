// SPDX-License-Identifier: MIT
// Refuses requests for hosts that are not the application's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <serval/handler/middleware.hpp>

namespace serval {

/// `app.use(TrustedHosts({"shop.example", "*.shop.example"}));`: other hosts get 400 "Invalid host header", so that
/// links and redirects that contain the host of the request cannot lead elsewhere. "*.shop.example" is every host below
/// it; "*" allows all. Ports and letter case do not matter. If only "www." before the host is allowed, the response
/// redirects there (307). Errors of the constructor: `SetupError` for no pattern, and for a "*" that is not the whole
/// first label.
class TrustedHosts {
 public:
  static constexpr Stage stage = Stage::trusted_hosts;

  explicit TrustedHosts(std::vector<std::string> patterns);

  [[nodiscard]] std::optional<Response> before(Request& request);

 private:
  [[nodiscard]] bool allows(const std::string& host) const;

  std::vector<std::string> patterns_;  // in lower case
};

}  // namespace serval
