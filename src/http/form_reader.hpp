// SPDX-License-Identifier: MIT
// Reads the body of a form as it arrives, in one of the two media types, into a `http::FormData`.
#pragma once

#include <memory>
#include <string_view>

#include <serval/http/form.hpp>
#include <serval/http/limits.hpp>

namespace serval::detail {

/// The reader for one media type: `take` for each piece, then `end`. It collects the fields in `form`.
class FormBodyReader {
 public:
  virtual ~FormBodyReader() = default;
  virtual void take(std::string_view piece) = 0;
  virtual void end() = 0;
  http::FormData form;
};

}  // namespace serval::detail

namespace serval::detail {

/// `multipart/form-data` and `application/x-www-form-urlencoded` are read; a body of any other type is ignored and
/// gives an empty form, like an empty body. Errors: HttpError 400 for a malformed form or one beyond a limit, also from
/// the constructor; `std::system_error` if a file cannot be written to disk. No file remains then.
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
  std::unique_ptr<detail::FormBodyReader> reader_;  // none: the body is ignored
  bool has_bytes_ = false;
};

}  // namespace serval::detail
