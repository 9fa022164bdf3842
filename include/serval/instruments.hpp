// SPDX-License-Identifier: MIT
// For programs that count: `app.instruments().counter({.name = "orders_total"})`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/base/instruments.hpp>
