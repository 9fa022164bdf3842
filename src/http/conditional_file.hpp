// SPDX-License-Identifier: MIT
// Applies the conditions and ranges of a request to a file response. The application calls it for every complete
// response. The middleware for other responses uses its 304.
#pragma once

#include <serval/http/request.hpp>
#include <serval/http/response.hpp>

namespace serval::detail {

/// Turns a 200 with a file for GET or HEAD into 206, 304, 412 or 416 according to the request, or into 400 if its
/// `range` is malformed (RFC 9110 sections 13.2.2 and 14.2). Does not change other responses.
void apply_conditions(const Request& request, Response& response);

/// Makes a 304 of a response: removes the body and the fields that describe it (RFC 9110 section 15.4.5). Other fields
/// of the handler, such as cookies, stay.
void become_not_modified(Response& response);

}  // namespace serval::detail
