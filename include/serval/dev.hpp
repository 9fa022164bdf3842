// SPDX-License-Identifier: MIT
// What `serval dev` adds to the programs that it builds. Programs do not include it themselves.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/dev/dev_pages.hpp>
