// SPDX-License-Identifier: MIT
// Reads the body of a form while it arrives: whichever of the two media types it has, the outcome is a
// `http::FormData`.
#pragma once

#include <memory>
#include <string_view>

#include <serval/http/form.hpp>
#include <serval/http/limits.hpp>

namespace serval::detail {

/// What reads one media type: `take` for each piece, then `end`. The fields are gathered in `form`.
class FormBodyReader {
 public:
  virtual ~FormBodyReader() = default;
  virtual void take(std::string_view piece) = 0;
  virtual void end() = 0;
  http::FormData form;
};

}  // namespace serval::detail

namespace serval::detail {

/// `multipart/form-data` and `application/x-www-form-urlencoded` are read; a body of any other type is passed over and
/// gives an empty form, as a body without any byte does. Errors: HttpError 400 for what is malformed or beyond a limit,
/// of the constructor too; `std::system_error` when a file cannot be written away. Nothing is left behind then.
class FormReader final {
 public:
  /// Lifetime: `limits` outlives this object, `content_type` need not.
  FormReader(std::string_view content_type, const http::Limits& limits);
  ~FormReader();

  void take(std::string_view piece);
  void end();
  /// The form. REQUIRES: `end` returned; called once.
  [[nodiscard]] http::FormData take_data();

 private:
  std::unique_ptr<detail::FormBodyReader> reader_;  // none: the body is passed over
  bool has_bytes_ = false;
};

}  // namespace serval::detail
