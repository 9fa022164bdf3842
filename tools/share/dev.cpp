// SPDX-License-Identifier: MIT
// A part of each program that `serval dev` builds.
#include <serval/dev.hpp>

namespace {
[[maybe_unused]] const bool is_on = serval::detail::serve_dev_pages();
}  // namespace
