// SPDX-License-Identifier: MIT
// For programs that check who sends a request: security schemes as dependencies, and comparison in constant time.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/params/security_scopes.hpp>
#include <serval/security/all_of.hpp>
#include <serval/security/any_of.hpp>
#include <serval/security/api_key.hpp>
#include <serval/security/constant_time.hpp>
#include <serval/security/http_authentication.hpp>
#include <serval/security/oauth2.hpp>
#include <serval/security/open_id_connect.hpp>
#include <serval/security/password_form.hpp>
#include <serval/security/security_scheme.hpp>
