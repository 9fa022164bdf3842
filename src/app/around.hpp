// SPDX-License-Identifier: MIT
// A call inside the `around` hooks of a chain.
#pragma once

#include "handler/onion.hpp"

namespace serval::detail {

/// Runs the hooks and, inside them, `core`. An error that a handler returned is thrown, so that they see one kind of
/// failure. REQUIRES: the chain has such hooks. Lifetime: chain and exchange outlive the task.
[[nodiscard]] http::Pending run_around(const Chain& chain, http::Exchange& exchange, Onion::Core core);

}  // namespace serval::detail
