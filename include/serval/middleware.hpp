// SPDX-License-Identifier: MIT
// Middleware that many applications need: `app.use(Cors({.allow_origins = {"https://shop.example"}}));`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/middleware/access_log.hpp>
#include <serval/middleware/audit_log.hpp>
#include <serval/middleware/conditional.hpp>
#include <serval/middleware/cors.hpp>
#include <serval/middleware/csrf.hpp>
#include <serval/middleware/forwarded_headers.hpp>
#include <serval/middleware/https_redirect.hpp>
#include <serval/middleware/idempotency.hpp>
#include <serval/middleware/load_shedding.hpp>
#include <serval/middleware/rate_limit.hpp>
#include <serval/middleware/rate_limit_key.hpp>
#include <serval/middleware/request_id.hpp>
#include <serval/middleware/response_cache.hpp>
#include <serval/middleware/security_headers.hpp>
#include <serval/middleware/trusted_hosts.hpp>
