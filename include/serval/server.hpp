// SPDX-License-Identifier: MIT
// For programs that run a server beside other work: `Server server{app, options}`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/server/server.hpp>
