// SPDX-License-Identifier: MIT
// A JSON response with its own status and headers.
#pragma once

#include <string_view>

#include <serval/http/response.hpp>
#include <serval/schema/json_hook.hpp>

namespace serval {

/// A JSON response for which the handler sets the status or adds headers: `return JsonResponse(json{{"id", 7}}, 202);`
/// Errors: as `schema::append_json`.
class JsonResponse : public Response {
 public:
  static constexpr std::string_view media_type = "application/json";
  explicit JsonResponse(const json& content);
  JsonResponse(const json& content, int status);
};

}  // namespace serval
