// SPDX-License-Identifier: MIT
// For programs that have secrets. They link `serval::auth`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/auth/random_token.hpp>
#include <serval/auth/secret_key.hpp>
