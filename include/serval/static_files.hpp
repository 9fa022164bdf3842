// SPDX-License-Identifier: MIT
// For programs that serve folders: `app.mount("/static", StaticFiles("site"))`.
#pragma once

#include <serval/static_files/static_files.hpp>
