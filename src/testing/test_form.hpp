// SPDX-License-Identifier: MIT
// The body of a test request with a form.
#pragma once

#include <string>

#include <serval/testing/test_client.hpp>

namespace serval::detail {

struct TestBody {
  std::string bytes;
  std::string content_type;
};

/// As a browser writes it (HTML, "multipart/form-data encoding algorithm").
/// Errors: `std::invalid_argument` for a content type of more than one line.
[[nodiscard]] TestBody encode_form(const TestRequest& request);

}  // namespace serval::detail
