// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

namespace serval::detail {

/// Holds one of what is counted, from when it was counted until this ends. It moves. REQUIRES: the owner of the count
/// outlives it.
template <class Owner, void (Owner::*end)() noexcept>
class Hold {
 public:
  Hold() = default;
  /// Holds what the caller has counted.
  explicit Hold(Owner& owner) noexcept : owner_(&owner) {}
  Hold(Hold&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
  Hold& operator=(Hold&& other) noexcept {
    if (this != &other) {
      reset();
      owner_ = std::exchange(other.owner_, nullptr);
    }
    return *this;
  }
  ~Hold() { reset(); }

  [[nodiscard]] explicit operator bool() const noexcept { return owner_ != nullptr; }
  void reset() noexcept {
    if (Owner* const owner = std::exchange(owner_, nullptr)) (owner->*end)();
  }

 private:
  Owner* owner_ = nullptr;
};

}  // namespace serval::detail
