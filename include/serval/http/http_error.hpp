// SPDX-License-Identifier: MIT
// `HttpError`: if thrown anywhere while a request is handled, it becomes the response `{"detail": ...}`.
#pragma once

#include <concepts>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include <serval/http/headers.hpp>

namespace serval {

namespace detail {
// Any type with nlohmann's dump(), so that this header need not include it. Invalid UTF-8 is replaced and does not
// throw.
template <class J>
concept DumpableJson = requires(const J& value) {
  { value.dump(-1, ' ', false, J::error_handler_t::replace) } -> std::convertible_to<std::string>;
};
}  // namespace detail

/// An error response, thrown as an exception: `throw HttpError(404, "No such item")` answers 404
/// `{"detail":"No such item"}`. The default detail is the reason phrase. A status without a body (204, 304) sends none.
/// Errors: `std::invalid_argument` for a status that no response can have, see `http::is_final_status`.
class HttpError : public std::exception {
 public:
  explicit HttpError(int status);
  HttpError(int status, std::string_view detail, http::Headers headers = {});
  /// `detail` is any JSON value: an object, a list.
  template <detail::DumpableJson J>
  requires(!std::convertible_to<const J&, std::string_view>)
      HttpError(int status, const J& detail, http::Headers headers = {})
      : HttpError(RawDetail{detail.dump(-1, ' ', false, J::error_handler_t::replace)}, status, std::move(headers)) {}

  /// The status of the response.
  [[nodiscard]] int status() const noexcept { return status_; }
  /// The detail as JSON text, quotes included.
  [[nodiscard]] const std::string& detail_json() const noexcept { return detail_json_; }
  [[nodiscard]] const http::Headers& headers() const noexcept { return headers_; }
  /// "404: \"No such item\"", for logs.
  [[nodiscard]] const char* what() const noexcept override { return what_.c_str(); }

 private:
  struct RawDetail {
    std::string json;
  };
  HttpError(RawDetail detail, int status, http::Headers headers);

  int status_;
  std::string detail_json_;
  http::Headers headers_;
  std::string what_;
};

}  // namespace serval
