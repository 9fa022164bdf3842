// SPDX-License-Identifier: MIT
// Everything that most programs need: `#include <serval/serval.hpp>`. Coroutine handlers need <serval/task.hpp> too,
// decimals, e-mail addresses, URLs and the like <serval/types.hpp>, tests <serval/testing.hpp>, servers within a
// program of its own <serval/server.hpp>.
#pragma once

#include <serval/app/app.hpp>
#include <serval/base/error.hpp>
#include <serval/base/version.hpp>
#include <serval/http/file_response.hpp>
#include <serval/http/http_error.hpp>
#include <serval/http/response.hpp>
#include <serval/http/status.hpp>
#include <serval/params/answers.hpp>
#include <serval/params/json_response.hpp>
#include <serval/params/parameter.hpp>
#include <serval/params/upload.hpp>
#include <serval/schema/codec.hpp>
#include <serval/schema/datetime.hpp>
#include <serval/schema/json.hpp>
#include <serval/schema/literal.hpp>
#include <serval/schema/partial.hpp>
#include <serval/schema/uuid.hpp>
