// SPDX-License-Identifier: MIT
// What becomes of an answer that is a file by the conditions and ranges of its request. The application calls it for
// every answer, once that is complete.
#pragma once

#include <serval/http/request.hpp>
#include <serval/http/response.hpp>

namespace serval::detail {

/// Makes 206, 304, 412 or 416 of a 200 with a file to GET or HEAD where the request asks for it, 400 where its `range`
/// cannot be read (RFC 9110 sections 13.2.2 and 14.2). Leaves any other answer as it is.
void apply_conditions(const Request& request, Response& response);

}  // namespace serval::detail
