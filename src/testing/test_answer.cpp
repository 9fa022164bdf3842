// SPDX-License-Identifier: MIT
#include "testing/test_answer.hpp"

#include <string>
#include <utility>

#include <serval/http/status.hpp>

#include "http/file_body.hpp"

namespace serval::detail {

TestResponse to_test_response(Response&& response, const TestUrl& url, TestBodyOf body) {
  TestResponse answer;
  answer.status = response.status();
  answer.url = url.text();
  if (!response.content_type().empty()) answer.headers.add("content-type", response.content_type());
  for (const auto& [name, value] : response.headers()) {
    const bool is_framing = http::iequals(name, "connection") || http::iequals(name, "keep-alive") ||
                            http::iequals(name, "content-length") || http::iequals(name, "transfer-encoding");
    if (!is_framing) answer.headers.add(name, value);
  }
  if (answer.status == status::reset_content) {
    answer.headers.add("content-length", "0");
  } else if (http::status_has_body(answer.status) && body != TestBodyOf::parts) {
    const auto& file = response.file();
    answer.headers.add("content-length", std::to_string(file ? file->size() : response.body().size()));
    if (body == TestBodyOf::answer) answer.body = file ? file->read() : std::move(response.body());
  }
  return answer;
}

}  // namespace serval::detail
