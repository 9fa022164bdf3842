// SPDX-License-Identifier: MIT
// error: serval needs run-time type information: compile without -fno-rtti
// options: -fno-rtti
#include <serval/testing.hpp>

int status_of(serval::TestClient& client) { return client.get("/").status; }
