// SPDX-License-Identifier: MIT
// For tests of applications: `TestClient client{app}; client.get("/items/3")`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/testing/test_client.hpp>
