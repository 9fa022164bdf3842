// SPDX-License-Identifier: MIT
// For programs that read and issue tokens, keep passwords, or have sessions. They link `serval::auth`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/auth/jwt.hpp>
#include <serval/auth/passwords.hpp>
#include <serval/auth/random_token.hpp>
#include <serval/auth/refresh_tokens.hpp>
#include <serval/auth/secret_key.hpp>
#include <serval/auth/session.hpp>
#include <serval/auth/session_options.hpp>
#include <serval/auth/sessions.hpp>
