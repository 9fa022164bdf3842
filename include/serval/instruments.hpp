// SPDX-License-Identifier: MIT
// For programs with their own metrics: `app.instruments().counter({.name = "orders_total"})`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/base/instruments.hpp>
