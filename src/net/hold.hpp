// SPDX-License-Identifier: MIT
// Counts that are given back by a destructor.
#pragma once

#include <utility>

namespace serval::detail {

/// A guard for one unit of a count, which can be moved: its destructor calls `end` on the owner of the count to give
/// the unit back. REQUIRES: the owner outlives it.
template <class Owner, void (Owner::*end)() noexcept>
class Hold {
 public:
  Hold() = default;
  /// REQUIRES: the caller has already added the unit to the count.
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
