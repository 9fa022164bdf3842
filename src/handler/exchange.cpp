// SPDX-License-Identifier: MIT
#include <serval/handler/exchange.hpp>

#include <cstddef>
#include <utility>

namespace serval {

Exchange::~Exchange() { reset(); }

void Exchange::keep(void* value, const KeptOps& ops, Until until) { kept_.push_back({value, &ops, until}); }

std::exception_ptr Exchange::announce(std::exception_ptr thrown) noexcept {
  for (std::size_t i = kept_.size(); i-- > 0;) {
    Kept& kept = kept_[i];
    if (kept.ops->on_exception == nullptr || std::exchange(kept.is_told, true)) continue;
    try {
      kept.ops->on_exception(kept.value, thrown);
    } catch (...) {
      thrown = std::current_exception();
    }
  }
  return thrown;
}

void Exchange::end_answer() noexcept {
  for (std::size_t i = kept_.size(); i-- > 0;) {
    if (kept_[i].until != Until::answer_is_made) continue;
    const Kept kept = kept_[i];
    kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(i));
    kept.ops->destroy(kept.value);
  }
}

const Limits& Exchange::bounds() const noexcept {
  static constexpr Limits defaults;
  return limits != nullptr ? *limits : defaults;
}

void Exchange::reset() noexcept {
  background.clear();
  while (!kept_.empty()) {  // in reverse order: a dependency may lean on those made before it
    const Kept kept = kept_.back();
    kept_.pop_back();
    kept.ops->destroy(kept.value);
  }
  resolution = nullptr;
  body_sink.reset();
  stream = nullptr;
  streaming = Streaming::none;
  returned_error.reset();
  route = nullptr;
  mounts.clear();
  mounts_entered = 0;
  response.reset();
  request.reset();
}

}  // namespace serval
