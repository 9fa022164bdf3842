// SPDX-License-Identifier: MIT
// For programs that compress their responses, `app.use(Compression());`, or the messages of their WebSockets. They link
// `serval::compression`.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/compression/compression.hpp>
#include <serval/compression/permessage_deflate.hpp>
