// SPDX-License-Identifier: MIT
#include <serval/handler/exchange.hpp>

namespace serval {

void* Exchange::find_kept(const void* key) const noexcept {
  for (const Kept& kept : kept_) {
    if (kept.key == key) return kept.value.get();
  }
  return nullptr;
}

void Exchange::reset() noexcept {
  background.clear();
  while (!kept_.empty()) kept_.pop_back();  // in reverse order: a dependency may lean on those made before it
  route = nullptr;
  response.reset();
  request.reset();
}

}  // namespace serval
