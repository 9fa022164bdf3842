// SPDX-License-Identifier: MIT
#include "wire/answer_form.hpp"

#include <serval/http/headers.hpp>
#include <serval/http/status.hpp>

#include "http/file_body.hpp"

namespace serval::detail {

AnswerForm form_of(const Response& response, bool to_head, BodyKind body) noexcept {
  const int status = response.status();  // always a final status: a response accepts no other
  AnswerForm form{.has_body = !to_head && http::status_has_body(status),
                  .asks_to_close = http::has_list_element(response.headers(), "connection", "close")};
  if (status == 205) {
    form.content_length = 0;
  } else if (http::status_has_body(status) && body == BodyKind::whole) {
    // A 304 might show the length of the 200, which is not known here.
    form.content_length = response.file() ? response.file()->size() : response.body().size();
  }
  return form;
}

bool belongs_to_connection(std::string_view name) noexcept {
  switch (name.size()) {
    case 10:
      return http::iequals(name, "connection") || http::iequals(name, "keep-alive");
    case 14:
      return http::iequals(name, "content-length");
    case 17:
      return http::iequals(name, "transfer-encoding");
    default:
      return false;
  }
}

}  // namespace serval::detail
