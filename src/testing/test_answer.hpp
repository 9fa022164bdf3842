// SPDX-License-Identifier: MIT
// An answer as the client on a connection would see it.
#pragma once

#include <cstdint>

#include <serval/http/response.hpp>
#include <serval/testing/test_client.hpp>

#include "testing/test_url.hpp"

namespace serval::detail {

/// What becomes of the body: it follows, was not asked for, or comes in parts, which the caller has.
enum class TestBodyOf : std::uint8_t { answer, head, parts };

/// With the framing that a connection gives it.
[[nodiscard]] TestResponse to_test_response(Response&& response, const TestUrl& url, TestBodyOf body);

}  // namespace serval::detail
