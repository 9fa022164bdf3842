// SPDX-License-Identifier: MIT
// Everything that most programs need: `#include <serval/serval.hpp>`. Coroutine handlers also need <serval/task.hpp>,
// streamed responses <serval/stream.hpp>, uploaded files and file responses <serval/files.hpp>, folders of files
// <serval/static_files.hpp>, decimals, e-mail addresses, URLs and similar types <serval/types.hpp>, tests
// <serval/testing.hpp>, threads for blocking calls <serval/pool.hpp>, compression <serval/compression.hpp>, security
// schemes <serval/security.hpp>, CORS and other middleware <serval/middleware.hpp>, servers inside a larger program
// <serval/server.hpp>.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/app/app.hpp>
#include <serval/base/error.hpp>
#include <serval/base/version.hpp>
#include <serval/http/http_error.hpp>
#include <serval/http/response.hpp>
#include <serval/http/status.hpp>
#include <serval/http/unavailable.hpp>
#include <serval/json/json.hpp>
#include <serval/openapi/security.hpp>
#include <serval/params/answers.hpp>
#include <serval/params/as.hpp>
#include <serval/params/json_response.hpp>
#include <serval/params/parameter.hpp>
#include <serval/schema/codec.hpp>
#include <serval/schema/literal.hpp>
#include <serval/schema/partial.hpp>
#include <serval/types/datetime.hpp>
#include <serval/types/uuid.hpp>
