// SPDX-License-Identifier: MIT
#include <serval/params/json_response.hpp>

namespace serval {

JsonResponse::JsonResponse(const json& content) {
  set_body(schema::to_text(content));
  set_content_type(media_type);
}

JsonResponse::JsonResponse(const json& content, int status) : Response(status, schema::to_text(content), media_type) {}

}  // namespace serval
