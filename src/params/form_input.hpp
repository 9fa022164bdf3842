// SPDX-License-Identifier: MIT
// A request's form: taken as it arrives, then read into parameters.
#pragma once

#include <exception>
#include <string_view>

#include <serval/handler/body_sink.hpp>
#include <serval/http/form.hpp>
#include <serval/http/limits.hpp>

#include "http/form_reader.hpp"
#include "params/extract.hpp"

namespace serval::detail {

/// Takes the body of a request that is to be a form.
class FormSink final : public http::BodySink {
 public:
  FormSink(std::string_view content_type, const http::Limits& limits) noexcept;

  /// Whether what has come, be it the head alone, is no form: `finish` says why.
  [[nodiscard]] bool is_faulty() const noexcept { return fault_ != nullptr; }

  [[nodiscard]] bool take(std::string_view piece) noexcept override;
  void end() noexcept override;

  /// What came; an empty form where nothing did. Errors: what the reader threw.
  [[nodiscard]] http::FormData finish();

 private:
  template <class Action>
  bool attempt(Action action) noexcept;

  std::optional<FormReader> reader_;
  std::exception_ptr fault_;
  bool has_begun_ = false;
};

class FormInput {
 public:
  /// Errors: HttpError 400 for what is no form or exceeds its bounds.
  explicit FormInput(http::Exchange& exchange);

  void extract(const BoundParameter& parameter, Decoder& decoder, void* out) const;

 private:
  http::FormData data_;
};

}  // namespace serval::detail
