// SPDX-License-Identifier: MIT
// `HttpError`: thrown anywhere on a request's way, it becomes the answer `{"detail": ...}`.
#pragma once

#include <concepts>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include <serval/http/headers.hpp>

namespace serval {

namespace detail {
// Anything with nlohmann's dump(): this header need not include it. Invalid UTF-8 is replaced, never thrown on.
template <class J>
concept DumpableJson = requires(const J& value) {
  { value.dump(-1, ' ', false, J::error_handler_t::replace) } -> std::convertible_to<std::string>;
};
}  // namespace detail

/// An answer thrown as an exception: `throw HttpError(404, "No such item")` answers 404 `{"detail":"No such item"}`.
/// Without a detail the reason phrase stands in its place. A status without body (204, 304) sends none.
/// Errors: `std::invalid_argument` for a status that no answer can have, see `http::is_final_status`.
class HttpError : public std::exception {
 public:
  explicit HttpError(int status);
  HttpError(int status, std::string_view detail, http::Headers headers = {});
  /// `detail` is any JSON value: an object, a list.
  template <detail::DumpableJson J>
  requires(!std::convertible_to<const J&, std::string_view>)
      HttpError(int status, const J& detail, http::Headers headers = {})
      : HttpError(RawDetail{detail.dump(-1, ' ', false, J::error_handler_t::replace)}, status, std::move(headers)) {}

  /// The status of the answer.
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
