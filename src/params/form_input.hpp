// SPDX-License-Identifier: MIT
// A request's form: received as it arrives, then read into parameters.
#pragma once

#include <exception>
#include <string_view>

#include <serval/handler/body_sink.hpp>
#include <serval/http/form.hpp>
#include <serval/http/limits.hpp>

#include "http/form_reader.hpp"
#include "params/extract.hpp"

namespace serval::detail {

/// Receives the body of a request that must be a form.
class FormSink final : public http::BodySink {
 public:
  FormSink(std::string_view content_type, const http::Limits& limits) noexcept;

  /// Whether the received data, or even the head alone, are not a valid form: `finish` throws the reason.
  [[nodiscard]] bool is_faulty() const noexcept { return fault_ != nullptr; }

  [[nodiscard]] bool take(std::string_view piece) noexcept override;
  void end() noexcept override;

  /// The received form; empty if there is no body. Errors: exceptions of the reader.
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
  /// Errors: HttpError 400 for a body that is not a form or exceeds its limits.
  explicit FormInput(http::Exchange& exchange);

  void extract(const BoundParameter& parameter, Decoder& decoder, void* out) const;

 private:
  http::FormData data_;
};

}  // namespace serval::detail
