// SPDX-License-Identifier: MIT
// A response as a client on a connection would see it.
#pragma once

#include <cstdint>

#include <serval/http/response.hpp>
#include <serval/testing/test_client.hpp>

#include "testing/test_url.hpp"

namespace serval::detail {

/// The treatment of the body: it follows, was not requested (HEAD), or is streamed to the caller.
enum class TestBodyOf : std::uint8_t { answer, head, parts };

/// Adds the framing fields that a connection would add.
[[nodiscard]] TestResponse to_test_response(Response&& response, const TestUrl& url, TestBodyOf body);

}  // namespace serval::detail
