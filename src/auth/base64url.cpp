// SPDX-License-Identifier: MIT
#include "auth/base64url.hpp"

#include <cstddef>

#include "base/base64.hpp"

namespace serval::detail {

void append_base64url(std::string& out, std::string_view bytes) {
  const std::size_t begin = out.size();
  append_base64(out, bytes);
  while (out.size() > begin && out.back() == '=') out.pop_back();
}

std::string base64url(std::string_view bytes) {
  std::string text;
  append_base64url(text, bytes);
  return text;
}

bool decode_base64url(std::string_view text, std::string& out) {
  return text.find_first_of("+/=") == std::string_view::npos && decode_base64(text, out).empty();
}

}  // namespace serval::detail
