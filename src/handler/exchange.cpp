// SPDX-License-Identifier: MIT
#include <serval/handler/exchange.hpp>

#include <utility>

namespace serval {

void Exchange::keep(const void* key, std::shared_ptr<void> value) { kept_.push_back({key, std::move(value)}); }

void* Exchange::find_kept(const void* key) const noexcept {
  for (const Kept& kept : kept_) {
    if (kept.key == key) return kept.value.get();
  }
  return nullptr;
}

const Limits& Exchange::bounds() const noexcept {
  static constexpr Limits defaults;
  return limits != nullptr ? *limits : defaults;
}

void Exchange::reset() noexcept {
  background.clear();
  while (!kept_.empty()) kept_.pop_back();  // in reverse order: a dependency may lean on those made before it
  returned_error.reset();
  route = nullptr;
  mounts.clear();
  mounts_entered = 0;
  response.reset();
  request.reset();
}

}  // namespace serval
