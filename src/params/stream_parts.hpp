// SPDX-License-Identifier: MIT
// The end of an answer that was sent in parts.
#pragma once

#include <serval/base/task_fwd.hpp>
#include <serval/handler/exchange.hpp>

namespace serval::detail {

/// To be awaited once the handler has ended well: sends what its encoder still holds. Errors: as
/// `http::AnswerStream::write`.
[[nodiscard]] Task<void> end_parts(http::Exchange& exchange);

}  // namespace serval::detail
