// SPDX-License-Identifier: MIT
// Installs the room into an application.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <serval/serval.hpp>

#include "instruments.hpp"
#include "options.hpp"

namespace quota {

/// The response of `GET <prefix>/quota`.
struct Report {
  std::string service;  // the name that the service states
  std::uint64_t unreported = 0;
  std::vector<Count> counts;
};

/// Makes `quota::Caller` an argument of the application's handlers, counts its requests, reports them to the service at
/// intervals and when the application stops, and adds the route `GET <prefix>/quota` and the readiness check "quota".
/// The application does not start if the service cannot be reached. Must be called once, before the application serves.
/// Errors: `serval::SetupError` if it was called before.
void install(serval::App& app, const Options& options);

}  // namespace quota
