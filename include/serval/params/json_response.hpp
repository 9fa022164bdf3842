// SPDX-License-Identifier: MIT
// A JSON answer with a status and headers of its own.
#pragma once

#include <string_view>

#include <serval/http/response.hpp>
#include <serval/schema/json_hook.hpp>

namespace serval {

/// Where a handler chooses the status or adds headers as it answers: `return JsonResponse(json{{"id", 7}}, 202);`
/// Errors: as `schema::append_json`.
class JsonResponse : public Response {
 public:
  static constexpr std::string_view media_type = "application/json";
  explicit JsonResponse(const json& content);
  JsonResponse(const json& content, int status);
};

}  // namespace serval
