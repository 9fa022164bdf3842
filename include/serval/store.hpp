// SPDX-License-Identifier: MIT
// For programs that keep values with time limits: the interface `Store`, the store in memory, and rate limits whose
// counts are in a store. It includes Asio, which a program needs to await the calls of a store.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/base/task.hpp>
#include <serval/middleware/shared_rate_limit.hpp>
#include <serval/store/memory_store.hpp>
#include <serval/store/store.hpp>
