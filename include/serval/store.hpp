// SPDX-License-Identifier: MIT
// For programs that keep values with time limits: the interface `Store` and the store in memory. It includes Asio, which a
// program needs to await the calls of a store.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/base/task.hpp>
#include <serval/store/memory_store.hpp>
#include <serval/store/store.hpp>
