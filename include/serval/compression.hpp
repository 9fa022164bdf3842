// SPDX-License-Identifier: MIT
// For programs that compress their responses: `app.use(Compression());`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/compression/compression.hpp>
