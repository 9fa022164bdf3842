// SPDX-License-Identifier: MIT
#include <serval/params/response_class.hpp>

#include <string>

#include <serval/http/media_type.hpp>
#include <serval/schema/type_of.hpp>

namespace serval::detail {

std::string_view media_type_for(std::string_view response_class, const Type* type) noexcept {
  if (response_class.empty()) return json_media_type;
  const bool is_text = type == nullptr || type == &type_of<std::string> || type == &type_of<std::string_view>;
  return is_text || http::is_json_media_type(response_class) ? response_class : json_media_type;
}

}  // namespace serval::detail
