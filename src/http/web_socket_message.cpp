// SPDX-License-Identifier: MIT
#include <serval/http/web_socket_message.hpp>

#include <stdexcept>

#include <serval/http/url.hpp>

namespace serval::http {

bool may_close_with(int code) noexcept {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

void require_close_frame(int code, std::string_view reason) {
  // A control frame has 125 bytes at most, two of which are the code.
  constexpr std::size_t max_reason_bytes = 123;
  if (!may_close_with(code)) {
    throw std::invalid_argument("a close frame must not carry code " + std::to_string(code) +
                                "; use one of RFC 6455 section 7.4, or of your own from 4000 to 4999");
  }
  if (reason.size() > max_reason_bytes)
    throw std::invalid_argument("the reason in a close frame has at most 123 bytes; this one has " +
                                std::to_string(reason.size()));
  if (!is_valid_utf8(reason)) throw std::invalid_argument("the reason in a close frame must be UTF-8");
}

}  // namespace serval::http
