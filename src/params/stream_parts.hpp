// SPDX-License-Identifier: MIT
// The end of a streamed response.
#pragma once

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>

namespace serval::detail {

/// Must be awaited after the handler has ended without an exception: sends the rest of its encoder. Errors: as
/// `http::AnswerStream::write`.
[[nodiscard]] Task<void> end_parts(http::Exchange& exchange);

}  // namespace serval::detail
