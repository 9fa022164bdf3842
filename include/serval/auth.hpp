// SPDX-License-Identifier: MIT
// For programs that read and issue tokens, or keep passwords. They link `serval::auth`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/auth/jwt.hpp>
#include <serval/auth/passwords.hpp>
#include <serval/auth/random_token.hpp>
#include <serval/auth/secret_key.hpp>
