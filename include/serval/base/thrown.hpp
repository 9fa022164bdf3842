// SPDX-License-Identifier: MIT
// Tells by its type what an exception is that was caught elsewhere.
#pragma once

#include <exception>

namespace serval::detail {

/// Calls `use` with what was thrown, where `catch (Caught)` takes it: `const HttpError&`, `const HttpError*`. Returns
/// whether it does. REQUIRES: not null. Errors: what `use` throws.
template <class Caught, class Use>
bool with_thrown(const std::exception_ptr& thrown, Use use) {
  try {
    std::rethrow_exception(thrown);
  } catch (Caught caught) {
    use(caught);
    return true;
  } catch (...) {
    return false;
  }
}

/// Whether `catch (Caught)` takes what was thrown. REQUIRES: not null.
template <class Caught>
[[nodiscard]] bool is_thrown(const std::exception_ptr& thrown) noexcept {
  return with_thrown<Caught>(thrown, [](Caught) {});
}

}  // namespace serval::detail
