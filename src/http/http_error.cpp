// SPDX-License-Identifier: MIT
#include <serval/http/http_error.hpp>

#include <serval/base/json_escape.hpp>
#include <serval/http/response.hpp>
#include <serval/http/status.hpp>

namespace serval {
namespace {

std::string quoted(std::string_view text) {
  std::string json;
  detail::append_json_string(json, text);
  return json;
}

}  // namespace

HttpError::HttpError(int status) : HttpError(status, http::reason_phrase(status)) {}

HttpError::HttpError(int status, std::string_view detail, http::Headers headers)
    : HttpError(RawDetail{quoted(detail)}, status, std::move(headers)) {}

HttpError::HttpError(RawDetail detail, int status, http::Headers headers)
    : status_(status),
      detail_json_(std::move(detail.json)),
      headers_(std::move(headers)),
      what_(std::to_string(status) + ": " + detail_json_) {
  if (!http::is_final_status(status)) detail::refuse_status(status);
}

}  // namespace serval
