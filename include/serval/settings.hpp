// SPDX-License-Identifier: MIT
// For programs that read their settings: a plain struct from the environment, `.env` files, a JSON file, a folder of
// secrets and its own defaults.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/settings/read_settings.hpp>
#include <serval/settings/settings_error.hpp>
#include <serval/settings/settings_options.hpp>
