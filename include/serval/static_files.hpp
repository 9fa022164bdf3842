// SPDX-License-Identifier: MIT
// For programs that serve folders: `app.mount("/static", StaticFiles("site"))`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/static_files/static_files.hpp>
