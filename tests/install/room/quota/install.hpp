// SPDX-License-Identifier: MIT
// How the room attaches to an application.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <serval/serval.hpp>

#include "instruments.hpp"
#include "options.hpp"

namespace quota {

/// What `GET <prefix>/quota` shows.
struct Report {
  std::string service;  // how the service names itself
  std::uint64_t unreported = 0;
  std::vector<Count> counts;
};

/// Makes `quota::Caller` an argument of the application's handlers, counts its requests, reports them to the service
/// now and then and as the application stops, and adds the route `GET <prefix>/quota` and the readiness check "quota".
/// The application does not start where the service is not there. To be called once, before the application serves.
/// Errors: `serval::SetupError` where it was called before.
void install(serval::App& app, const Options& options);

}  // namespace quota
